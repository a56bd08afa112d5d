import type { FastifyReply } from 'fastify';
import { type PageAnswer, pageSecurity, statusPage } from './status-page';

/** Answers with the page, under a policy of its own. */
export function sendPage(reply: FastifyReply, status: number, answer: PageAnswer): void {
  void reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'id',
      'content-security-policy': pageSecurity,
      'cache-control': 'no-store',
    })
    .send(statusPage(answer));
}
