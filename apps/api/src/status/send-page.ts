import type { FastifyReply } from 'fastify';
import { sendHtml } from '../http/pages/html-page';
import { type PageAnswer, statusPage } from './status-page';

/** Answers with the page. */
export function sendPage(reply: FastifyReply, status: number, answer: PageAnswer): void {
  sendHtml(reply, status, statusPage(answer));
}
