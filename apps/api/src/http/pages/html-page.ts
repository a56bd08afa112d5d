import { createHash } from 'node:crypto';
import { Constant } from '../constants/constant';
import { sendConstant } from '../constants/send-constant';
import type { FastifyReply, FastifyRequest } from 'fastify';

const style = `
body{margin:0;font:1.1rem/1.5 sans-serif;color:#222;background:#fff}
main{max-width:32rem;margin:0 auto;padding:1rem}
label{display:block;margin:1rem 0 .25rem;font-weight:bold}
input,button{box-sizing:border-box;width:100%;padding:.7rem;font:inherit;border:1px solid #555;border-radius:.3rem}
button{margin-top:1.2rem;background:#0b4f8a;color:#fff;border-color:#0b4f8a}
.box{margin:1rem 0;padding:.1rem 1rem;border-left:.4rem solid #0b4f8a;background:#eef4fa}
.problem{border-color:#a11;background:#fdeeee}
pre{white-space:pre-wrap;font:inherit}
small{color:#444}`;

/** For the document: a page for people. */
export const htmlAnswer = {
  description: 'The page, in Indonesian',
  content: { 'text/html': { schema: { type: 'string' } } },
};

/** Nothing but the page's own style and a form to ourselves. */
const security = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * One of our few pages: for any browser, without a script, in a style of its own.
 * @param body HTML whose every value went through `escaped`
 */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** Plain text, escaped for HTML. */
export function escaped(plain: string): string {
  return plain.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const type = 'text/html; charset=utf-8';
const headers = { 'content-language': 'id', 'content-security-policy': security };

/** Answers with a page, under a policy of its own. */
export function sendHtml(reply: FastifyReply, status: number, html: string): void {
  void reply
    .code(status)
    .headers({ ...headers, 'content-type': type, 'cache-control': 'no-store' })
    .send(html);
}

/** A page that is the same for everybody. */
export function constantPage(make: () => string): Constant {
  return new Constant(type, make);
}

/** Answers with such a page, under the same policy. */
export async function sendConstantPage(
  request: FastifyRequest,
  reply: FastifyReply,
  constant: Constant,
): Promise<void> {
  await sendConstant(request, reply.headers(headers), constant);
}
