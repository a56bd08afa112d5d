import { escaped, page } from '../http/pages/html-page';

/** What the page shows besides its form. */
export type PageAnswer =
  | { kind: 'none' }
  | { kind: 'problem'; text: string }
  | {
      kind: 'status';
      code: string;
      message: string;
      nextStep: string;
      /** A fault at the centre that concerns others too. */
      notice: string | null;
      expected: string | null;
      due: string | null;
      urgent: boolean;
      /** What became of a contest of the resolution. */
      contested: string | null;
      mayContest: boolean;
    };

/** The whole page `/cek`: one form and its answer. */
export function statusPage(answer: PageAnswer): string {
  return page(
    'Cek laporan NIK/KK',
    `${answerBox(answer)}
<form method="post" action="/cek" autocomplete="off">
<label for="code">Kode laporan</label>
<input id="code" name="code" required maxlength="40" autocapitalize="characters" spellcheck="false" aria-describedby="code-help">
<small id="code-help">Ada pada tanda terima, seperti 7K3M-XQ94-HTRJ.</small>
<label for="birthDate">Tanggal lahir</label>
<input id="birthDate" name="birthDate" type="date" required aria-describedby="date-help">
<small id="date-help">Tanggal lahir pemohon; bila diketik, tulis tahun-bulan-tanggal, seperti 1998-03-31.</small>
<button>Cek</button>
</form>
<p><small>Petugas tidak pernah meminta kata sandi Anda.</small></p>`,
  );
}

function answerBox(answer: PageAnswer): string {
  if (answer.kind === 'none') return '';
  if (answer.kind === 'problem')
    return `<div class="box problem" role="alert"><p>${escaped(answer.text)}</p></div>`;
  const { code, message, nextStep, notice, expected, due, urgent, contested, mayContest } = answer;
  return `<div class="box" role="status">
<p><b>${escaped(code)}</b>${urgent ? ' · ditangani sebagai mendesak' : ''}</p>
<p>${escaped(message)}</p>
${notice ? `<p>${escaped(notice)}</p>` : ''}
${contested ? `<p>${escaped(contested)}</p>` : ''}
${expected ? `<p>${escaped(expected)}</p>` : ''}
<p>${escaped(nextStep)}</p>
${due ? `<p>Batas waktu: ${escaped(due)}</p>` : ''}
</div>
${mayContest ? contestForm(code) : ''}`;
}

/** The birth date is asked for again rather than written into the page. */
function contestForm(code: string): string {
  return `<form method="post" action="/cek/sanggah" autocomplete="off">
<p>Masih ditolak dengan NIK dan KK terbaru? Isi tanggal lahir sekali lagi, dan kami periksa lagi ke pusat.</p>
<input type="hidden" name="code" value="${escaped(code)}">
<label for="again">Tanggal lahir</label>
<input id="again" name="birthDate" type="date" required>
<button>Periksa lagi</button>
</form>`;
}
