import { Body, Controller, Delete, HttpCode, Param, Post, applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { CallersLanguage, type Language } from '../http/language';
import {
  contest,
  correction,
  knownUntil,
  newNote,
  noteOnly,
  reasonOnly,
  rejection,
  revealed,
  suspension,
  transfer,
} from './move-schemas';
import { viewWarnings, warningView } from './views/ticket-view';
import { TicketViews, wholeTicket, type WholeTicket } from './ticket-views';
import type { OfficerActor } from '@sinkron/accounts';
import { invalid } from '@sinkron/observability';
import { OfficeDirectory, officeUnknown } from '@sinkron/offices';
import { Contests, Corrections, Moves, type Ticket, Snoozes } from '@sinkron/tickets';
import { z } from 'zod';

const withWarnings = wholeTicket.extend({ warnings: z.array(warningView) });

type NoteOnly = z.output<typeof noteOnly>;
type ReasonOnly = z.output<typeof reasonOnly>;

/** A move that answers with the case as it stands after it. */
const Move = (path: string, summary: string, answer: z.ZodType = wholeTicket) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    RouteConfig(mayBeEmpty),
    ApiOperation({ summary, description: 'A move that the lifecycle forbids now is a 409.' }),
    ApiOkResponse({ standardSchema: answer }),
  );

/** What officers do to the cases of their offices. */
@ApiTags('Cases')
@May('cases:write')
@Controller('v1/tickets/:code')
export class MovesController {
  constructor(
    private readonly moves: Moves,
    private readonly corrections: Corrections,
    private readonly waits: Snoozes,
    private readonly contests: Contests,
    private readonly views: TicketViews,
    private readonly offices: OfficeDirectory,
  ) {}

  @Move('suspend', 'Stop the clock; the place in the queue is kept')
  suspend(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: suspension }) input: z.output<typeof suspension>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.suspend(officer, code, input), officer, language);
  }

  @Move('resume', 'Go on after a suspension; `dueAt` moves by the time that it lasted')
  resume(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: noteOnly }) input: NoteOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.resume(officer, code, input), officer, language);
  }

  @Move('reject', 'Close a case that is none of ours')
  reject(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: rejection }) input: z.output<typeof rejection>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.reject(officer, code, input), officer, language);
  }

  @Move('cancel', 'Close a case that the applicant gave up')
  cancel(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: noteOnly }) input: NoteOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.cancel(officer, code, input), officer, language);
  }

  @Move('repush', 'Push it to the centre again; `dueAt` stays')
  repush(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: noteOnly }) input: NoteOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.repush(officer, code, input), officer, language);
  }

  @Move('escalate', 'Put it before a person as urgent; its regular work goes on')
  escalate(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: reasonOnly }) input: ReasonOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.escalate(officer, code, input), officer, language);
  }

  @Move('reopen', 'Begin a new round of a closed case')
  reopen(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: reasonOnly }) input: ReasonOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.reopen(officer, code, input), officer, language);
  }

  @Move('wait', 'Known, wait until …: nobody is reminded until then; at `dueAt` it is overdue all the same')
  wait(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: knownUntil }) input: z.output<typeof knownUntil>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.waits.set(officer, code, input), officer, language);
  }

  @Delete('wait')
  @ApiOperation({
    summary: 'End such a wait early',
    description: "An officer ends the own ones; another's is ended by a supervisor.",
  })
  @ApiOkResponse({ standardSchema: wholeTicket })
  endWait(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.waits.end(officer, code), officer, language);
  }

  @Move('contest', 'It is not done: the centre is read again, and the case reopened if that is true')
  contest(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: contest }) input: z.output<typeof contest>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.contests.byOfficer(officer, code, input), officer, language);
  }

  @Move(
    'corrections',
    'Mend what was stated: a new revision and a new hand-over; place and `dueAt` stay',
    withWarnings,
  )
  async correct(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: correction }) input: z.output<typeof correction>,
    @CallersLanguage() language: Language,
  ): Promise<z.output<typeof withWarnings>> {
    const { ticket, warnings } = await this.corrections.correct(officer, code, input);
    const view = await this.views.one(officer, ticket.code, language);
    return { ...view, warnings: viewWarnings(warnings, language) };
  }

  @Move('transfer', 'Give it to another office; yours may go on reading')
  async transfer(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: transfer }) { office, reason }: z.output<typeof transfer>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    const to = (await this.offices.tree()).findByCode(office);
    if (to?.level !== 'office') throw invalid([officeUnknown('office')]);
    return this.after(this.moves.transfer(officer, code, { officeId: to.id, reason }), officer, language);
  }

  @Post('notes')
  @ApiOperation({ summary: 'Write a note; an office that takes part may do so too' })
  @ApiCreatedResponse({ standardSchema: wholeTicket })
  note(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: newNote }) input: z.output<typeof newNote>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.note(officer, code, input), officer, language);
  }

  @May('cases:reveal')
  @Move('reveal', 'See the full values once, for a reason; audited', revealed)
  reveal(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: reasonOnly }) input: ReasonOnly,
  ): Promise<z.output<typeof revealed>> {
    return this.moves.reveal(officer, code, input);
  }

  private async after(
    moved: Promise<Ticket>,
    officer: OfficerActor,
    language: Language,
  ): Promise<WholeTicket> {
    const { code } = await moved;
    return this.views.one(officer, code, language);
  }
}
