import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/route-access';
import { CallersLanguage, type Language } from '../http/language';
import { ContestStates } from './contest-states';
import { contestWords } from './contest-words';
import { Expectations } from './expectations';
import { IncidentNotices } from './incident-notices';
import { bareValue } from '@sinkron/identity';
import { publicStatuses, StatusDesk, type Ticket, wordsFor } from '@sinkron/tickets';
import { z } from 'zod';

/** What is printed on the applicant receipt. A value of the wrong form is not refused here: it gets the same 404 as a wrong one. */
export const statusQuestion = z
  .strictObject({ code: z.string(), birthDate: z.string().overwrite(bareValue) })
  .meta({
    example: { code: '7K3M-XQ94-HTRJ', birthDate: '1998-07-01' },
  });

const statusAnswer = z.object({
  code: z.string(),
  status: z.enum(publicStatuses),
  urgent: z.boolean(),
  message: z.string(),
  nextStep: z.string(),
  notice: z
    .string()
    .nullable()
    .describe('A fault at the centre that holds up this ticket and others; null without one'),
  dueAt: z.iso.datetime(),
  expected: z
    .object({ from: z.iso.datetime(), to: z.iso.datetime() })
    .nullable()
    .describe('Half of such tickets are done between these; null when it cannot be predicted'),
  contest: z
    .object({
      possible: z.boolean().describe('Whether `POST /v1/status-checks/contest` is possible now'),
      askedAt: z.iso.datetime().nullable().describe('Since when it is being checked again'),
      checkedAt: z.iso.datetime().nullable().describe('When it last was, and still matched'),
    })
    .nullable()
    .describe('Null unless it is resolved'),
});
type StatusAnswer = z.output<typeof statusAnswer>;

/** Status checks by applicants, without signing in. */
@ApiTags('Status')
@Public()
@Controller('v1/status-checks')
export class StatusChecksController {
  constructor(
    private readonly desk: StatusDesk,
    private readonly contests: ContestStates,
    private readonly expectations: Expectations,
    private readonly notices: IncidentNotices,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check the status of a ticket by its code and the birth date',
    description:
      'An unknown code and a wrong birth date get the same 404. Five wrong answers for a code within 15 minutes block it ' +
      'for the rest of them (429); a network may ask 300 times a minute.',
  })
  @ApiOkResponse({ standardSchema: statusAnswer })
  async check(
    @Body({ schema: statusQuestion }) question: z.output<typeof statusQuestion>,
    @Ip() address: string,
    @CallersLanguage() language: Language,
  ): Promise<StatusAnswer> {
    return this.answer(await this.desk.ask(question, address), language);
  }

  @Post('contest')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Contest a resolved ticket: the centre is read again, and the ticket reopened if it does not match',
    description:
      'Answered and limited like a status check. Possible once for each closing and within the time for it; otherwise ' +
      'a 409 that says what to do.',
  })
  @ApiOkResponse({ standardSchema: statusAnswer })
  async contest(
    @Body({ schema: statusQuestion }) question: z.output<typeof statusQuestion>,
    @Ip() address: string,
    @CallersLanguage() language: Language,
  ): Promise<StatusAnswer> {
    return this.answer(await this.desk.contest(question, address), language);
  }

  private async answer(ticket: Ticket, language: Language): Promise<StatusAnswer> {
    const expected = await this.expectations.of(ticket, language);
    const { message, nextStep } = wordsFor(ticket);
    const { code, status, urgent, dueAt } = ticket;
    const contest = await this.contests.of(ticket);
    const contested = contest && contestWords(contest, await this.desk.zoneOf(ticket))?.[language];
    return {
      code,
      status,
      urgent,
      message: [message[language], contested, expected?.text].filter(Boolean).join(' '),
      nextStep: nextStep[language],
      notice: (await this.notices.of(ticket))?.[language] ?? null,
      dueAt: dueAt.toISOString(),
      expected: expected?.range ?? null,
      contest: contest && {
        possible: contest.possible,
        askedAt: contest.askedAt?.toISOString() ?? null,
        checkedAt: contest.checkedAt?.toISOString() ?? null,
      },
    };
  }
}
