import { Body, Controller, Get, HttpCode, Param, Post, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { escaped, htmlAnswer, page, sendHtml } from '../http/pages/html-page';
import { EscalationPageFilter } from './page-filter';
import { Acknowledgements, type AskedEscalation, reasonText, subjectText } from '@sinkron/escalation';
import { localTime } from '@sinkron/identity';
import { Problem } from '@sinkron/observability';
import { type Office, OfficeDirectory } from '@sinkron/offices';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const choice = z.object({ escalation: z.union([z.uuid(), z.literal('all')]) });

/**
 * Acknowledgement by the link of a message. Previews and mail scanners follow links, so opening the page changes
 * nothing: its button acknowledges.
 */
@ApiTags('Escalations')
@Public()
@UseFilters(EscalationPageFilter)
@Controller('ack/:token')
export class AcknowledgementPageController {
  constructor(
    private readonly acknowledgements: Acknowledgements,
    private readonly offices: OfficeDirectory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The escalations of the message, with buttons; changes nothing' })
  @ApiOkResponse(htmlAnswer)
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.show(reply, await this.acknowledgements.escalationsOf(token));
  }

  @Post()
  @HttpCode(200)
  @RouteConfig({ form: true })
  @ApiOperation({ summary: 'Acknowledge one of the escalations of the message, or all; once' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse(htmlAnswer)
  async acknowledge(
    @Param('token') token: string,
    @Body({ schema: choice }) { escalation }: z.output<typeof choice>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.show(
      reply,
      await this.acknowledgements.byLink(token, escalation === 'all' ? null : escalation),
    );
  }

  private async show(reply: FastifyReply, asked: AskedEscalation[] | null): Promise<void> {
    if (asked === null || asked.length === 0) throw notValid();
    const tree = await this.offices.tree();
    const open = asked.filter(({ state }) => state === 'open');
    const boxes = asked.map((one) => box(one, tree.find(one.escalation.officeId ?? '') ?? tree.nation));
    const all = open.length > 1 ? button('all', `Ambil semua (${open.length})`) : '';
    const isTheirs = asked.some(({ state }) => state === 'yours');
    const title =
      open.length > 0 ? 'Eskalasi menunggu Anda' : isTheirs ? 'Terima kasih' : 'Tidak ada yang menunggu';
    sendHtml(reply, 200, page(title, `${boxes.join('\n')}\n${all}\n${isTheirs ? next : ''}`));
  }
}

const next = `<p>Langkah berikutnya: buka laporannya, hubungi kontak di pusat, dan catat hasilnya. Bila Anda tidak bisa,
kembalikan eskalasinya agar petugas lain ditanya.</p>`;

function box({ escalation, state: asked }: AskedEscalation, office: Office | null): string {
  const { id, ticketCode, state, deadlineAt, heldUntil } = escalation;
  const zone = office?.zone ?? 'Asia/Jakarta';
  const until = heldUntil ? ` sampai ${localTime(heldUntil, zone)}` : '';
  const over =
    state === 'resolved' ? 'Sudah selesai.' : 'Sudah ditangani orang lain, atau tautan ini sudah dipakai.';
  const words = {
    open: button(id, 'Saya tangani'),
    yours: `<p><b>Anda yang menangani${escaped(until)}.</b></p>`,
    gone: `<p>${over}</p>`,
  };
  return `<div class="box">
<p><b>${escaped(subjectText(escalation).id)}</b> · ${escaped(ticketCode ? (office?.name ?? '') : 'Semua kantor')}</p>
<p>${escaped(reasonText(escalation).id)}</p>
${deadlineAt ? `<p>Batas pemohon: ${escaped(localTime(deadlineAt, zone))}</p>` : ''}
${words[asked]}
</div>`;
}

function button(value: string, label: string): string {
  return `<form method="post"><input type="hidden" name="escalation" value="${escaped(value)}"><button>${label}</button></form>`;
}

function notValid(): Problem {
  return new Problem('not_found', {
    id: 'Tautan ini tidak berlaku lagi. Buka daftar eskalasi setelah masuk.',
    en: 'This link is no longer valid. Sign in and look at the list of escalations.',
  });
}
