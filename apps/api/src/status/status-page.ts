import { createHash } from 'node:crypto';

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
      /** What became of the applicant's "it is not done". */
      contested: string | null;
      mayContest: boolean;
    };

const style = `
body{margin:0;font:1.1rem/1.5 sans-serif;color:#222;background:#fff}
main{max-width:32rem;margin:0 auto;padding:1rem}
label{display:block;margin:1rem 0 .25rem;font-weight:bold}
input,button{box-sizing:border-box;width:100%;padding:.7rem;font:inherit;border:1px solid #555;border-radius:.3rem}
button{margin-top:1.2rem;background:#0b4f8a;color:#fff;border-color:#0b4f8a}
.box{margin:1rem 0;padding:.1rem 1rem;border-left:.4rem solid #0b4f8a;background:#eef4fa}
.problem{border-color:#a11;background:#fdeeee}
small{color:#444}`;

/** Nothing but the page's own style and a form to ourselves. */
export const pageSecurity = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The whole page `/cek`: one form and its answer, for any browser, without a script. */
export function statusPage(answer: PageAnswer): string {
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Cek laporan NIK/KK</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Cek laporan NIK/KK</h1>
${answerBox(answer)}
<form method="post" action="/cek" autocomplete="off">
<label for="code">Kode laporan</label>
<input id="code" name="code" required maxlength="40" autocapitalize="characters" spellcheck="false" aria-describedby="code-help">
<small id="code-help">Ada pada tanda terima, seperti 7K3M-XQ94-HTRJ.</small>
<label for="birthDate">Tanggal lahir</label>
<input id="birthDate" name="birthDate" type="date" required aria-describedby="date-help">
<small id="date-help">Tanggal lahir pemohon; bila diketik, tulis tahun-bulan-tanggal, seperti 1998-03-31.</small>
<button>Cek</button>
</form>
<p><small>Petugas tidak pernah meminta kata sandi SSCASN Anda.</small></p>
</main>
</body>
</html>
`;
}

function answerBox(answer: PageAnswer): string {
  if (answer.kind === 'none') return '';
  if (answer.kind === 'problem')
    return `<div class="box problem" role="alert"><p>${text(answer.text)}</p></div>`;
  const { code, message, nextStep, notice, expected, due, urgent, contested, mayContest } = answer;
  return `<div class="box" role="status">
<p><b>${text(code)}</b>${urgent ? ' · ditangani sebagai mendesak' : ''}</p>
<p>${text(message)}</p>
${notice ? `<p>${text(notice)}</p>` : ''}
${contested ? `<p>${text(contested)}</p>` : ''}
${expected ? `<p>${text(expected)}</p>` : ''}
<p>${text(nextStep)}</p>
${due ? `<p>Batas waktu: ${text(due)}</p>` : ''}
</div>
${mayContest ? contestForm(code) : ''}`;
}

/** The birth date is asked for again rather than written into the page. */
function contestForm(code: string): string {
  return `<form method="post" action="/cek/sanggah" autocomplete="off">
<p>Masih ditolak dengan NIK dan KK terbaru? Isi tanggal lahir sekali lagi, dan kami periksa lagi ke pusat.</p>
<input type="hidden" name="code" value="${text(code)}">
<label for="again">Tanggal lahir</label>
<input id="again" name="birthDate" type="date" required>
<button>Periksa lagi</button>
</form>`;
}

function text(plain: string): string {
  return plain.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
