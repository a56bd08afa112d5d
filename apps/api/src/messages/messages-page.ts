import { escaped, page } from '../http/pages/html-page';
import { approvalText, catalogue, render, type Template } from '@sinkron/messaging';

const introduction = `<p>Semua pesan yang dikirim Sinkron, terisi contoh. Tidak satu pun memuat nama, NIK, atau nomor KK.<br>
<small lang="en">Every message that Sinkron sends, filled with samples. None holds a name, NIK or KK.</small></p>`;

/** Every message to people, as they read it and as WhatsApp must approve it. */
export function messagesPage(): string {
  const sections = Object.entries(catalogue).map(([name, template]) => section(name, template));
  return page('Pesan Sinkron', [introduction, ...sections].join('\n'));
}

function section(name: string, template: Template): string {
  const { purpose, variables, approved } = template;
  const { subject, text } = render(template, variables);
  return `<section id="${escaped(name)}">
<h2>${escaped(name)}</h2>
<p>${escaped(purpose.id)}<br><small lang="en">${escaped(purpose.en)}</small></p>
<div class="box"><p><b>${escaped(subject.id)}</b></p><pre>${escaped(text.id)}</pre></div>
<div class="box" lang="en"><p><b>${escaped(subject.en)}</b></p><pre>${escaped(text.en)}</pre></div>
<p><small>WhatsApp: ajukan sebagai <b>${escaped(approved)}</b>, bahasa <b>id</b>, kategori <b>utility</b>:</small></p>
<pre><small>${escaped(approvalText(template))}</small></pre>
</section>`;
}
