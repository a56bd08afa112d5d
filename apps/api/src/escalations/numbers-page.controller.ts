import { Body, Controller, Get, HttpCode, Ip, Param, Post, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { escaped, htmlAnswer, page, sendHtml } from '../http/pages/html-page';
import { type FullNumbers, HandoffNumbers } from './handoff-numbers';
import { EscalationPageFilter } from './page-filter';
import {
  type OfficerActor,
  requirePermission,
  secondFactorRequired,
  Sessions,
  SignIn,
  type SignInInput,
} from '@sinkron/accounts';
import { Problem } from '@sinkron/observability';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

const title = 'Serah terima';
const signInForm = z.object({
  email: z.string().max(254),
  password: z.string().max(200),
  otp: z.string().max(40).optional(),
});

/**
 * The full numbers as a page: whoever opens the link of a message signs in on it. Opening the form changes nothing, and
 * the session ends with the answer.
 */
@ApiTags('Escalations')
@Public()
@UseFilters(EscalationPageFilter)
@Controller('serah-terima/:token')
export class NumbersPageController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly numbers: HandoffNumbers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The form by which somebody at the centre signs in to see the full numbers' })
  @ApiOkResponse(htmlAnswer)
  async form(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.numbers.bundleOf(token);
    sendHtml(reply, 200, page(title, form));
  }

  @Post()
  @HttpCode(200)
  @RouteConfig({ form: true })
  @ApiOperation({ summary: 'The full numbers, once' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiOkResponse(htmlAnswer)
  async open(
    @Param('token') token: string,
    @Body({ schema: signInForm }) { email, password, otp }: z.output<typeof signInForm>,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.numbers.bundleOf(token);
    const officer = await this.authenticate({ email, password, ...(otp && { otp }) }, address, reply);
    if (!officer) return;
    try {
      if (officer.lacksSecondFactor) throw secondFactorRequired();
      requirePermission(officer, 'handoffs:numbers');
      sendHtml(reply, 200, page(title, table(await this.numbers.open(officer, token))));
    } finally {
      await this.sessions.end(officer, officer.sessionId);
    }
  }

  /** @returns null when the form was shown again */
  private async authenticate(
    given: SignInInput,
    address: string,
    reply: FastifyReply,
  ): Promise<OfficerActor | null> {
    try {
      const { accessToken } = await this.signIn.signIn(given, address);
      return await this.signIn.authenticate(accessToken);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'unauthenticated') throw error;
      sendHtml(reply, error.status, page(title, again(error)));
      return null;
    }
  }
}

/** The form once more, with what was wrong above it. */
function again({ detail }: Problem): string {
  return `<div class="box problem" role="alert"><p>${escaped(detail.id)}</p></div>\n${form}`;
}

const form = `<p>Masuk dengan akun Sinkron Anda untuk melihat nomor lengkap. Tautan ini hanya bisa dibuka satu kali.</p>
<form method="post" autocomplete="off">
<label for="email">Surel</label>
<input id="email" name="email" type="email" required maxlength="254">
<label for="password">Kata sandi</label>
<input id="password" name="password" type="password" required maxlength="200">
<label for="otp">Kode sekali pakai</label>
<input id="otp" name="otp" inputmode="numeric" maxlength="40" aria-describedby="otp-help">
<small id="otp-help">Bila akun Anda memakainya.</small>
<button>Lihat nomor lengkap</button>
</form>`;

function table(numbers: FullNumbers[]): string {
  return numbers
    .map(
      ({ code, name, nik, kk, birthDate }) => `<div class="box">
<p><b>${escaped(code)}</b></p>
<p>Nama: ${escaped(name)}<br>NIK: ${escaped(nik)}<br>No. KK: ${escaped(kk)}<br>Tanggal lahir: ${escaped(birthDate)}</p>
</div>`,
    )
    .join('\n');
}
