import { Body, Controller, Delete, HttpCode, Param, Post, applyDecorators } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { CallersLanguage, type Language } from '../http/language';
import {
  confirmation,
  contest,
  correction,
  knownUntil,
  link,
  merge,
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
import { OfficeDirectory, officeForTickets } from '@sinkron/offices';
import {
  Confirmations,
  Contests,
  Corrections,
  Merges,
  Moves,
  Snoozes,
  type Ticket,
  TicketLinks,
} from '@sinkron/tickets';
import { z } from 'zod';

const withWarnings = wholeTicket.extend({ warnings: z.array(warningView) });

type NoteOnly = z.output<typeof noteOnly>;
type ReasonOnly = z.output<typeof reasonOnly>;

/** A route that makes a move and answers with the ticket as it is after it. */
const Move = (path: string, summary: string, answer: z.ZodType = wholeTicket) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    RouteConfig(mayBeEmpty),
    ApiOperation({
      summary,
      description: 'A move that the lifecycle does not allow now is answered with 409.',
    }),
    ApiOkResponse({ standardSchema: answer }),
  );

/** The moves that officers make on the tickets of their offices. */
@ApiTags('Cases')
@May('cases:write')
@Controller('v1/tickets/:code')
export class MovesController {
  constructor(
    private readonly moves: Moves,
    private readonly corrections: Corrections,
    private readonly snoozes: Snoozes,
    private readonly confirmations: Confirmations,
    private readonly merges: Merges,
    private readonly links: TicketLinks,
    private readonly contests: Contests,
    private readonly views: TicketViews,
    private readonly offices: OfficeDirectory,
  ) {}

  @Move('suspend', 'Suspend it: the clock stops, its place in the queue is kept')
  suspend(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: suspension }) input: z.output<typeof suspension>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.suspend(officer, code, input), officer, language);
  }

  @Move('resume', 'Resume it after a suspension; `dueAt` moves by the time that it lasted')
  resume(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: noteOnly }) input: NoteOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.resume(officer, code, input), officer, language);
  }

  @Move('reject', 'Reject it: close a ticket that this service cannot help with')
  reject(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: rejection }) input: z.output<typeof rejection>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.reject(officer, code, input), officer, language);
  }

  @Move('cancel', 'Cancel it: close a ticket that the applicant has withdrawn')
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

  @Move('confirm', 'Confirm the paper: what the first reading made doubtful is pushed all the same')
  confirm(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: confirmation }) input: z.output<typeof confirmation>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.confirmations.confirm(officer, code, input), officer, language);
  }

  @Move('merge', 'Merge it: close it into another open ticket on the same NIK')
  merge(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: merge }) input: z.output<typeof merge>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.merges.merge(officer, code, input), officer, language);
  }

  @Move('links', 'Link it with a ticket of the same person under another NIK')
  link(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: link }) input: z.output<typeof link>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.links.link(officer, code, input), officer, language);
  }

  @Move('escalate', 'Escalate it: flag it as urgent for a person; its regular work goes on')
  escalate(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: reasonOnly }) input: ReasonOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.escalate(officer, code, input), officer, language);
  }

  @Move('reopen', 'Reopen a closed ticket: a new round begins')
  reopen(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: reasonOnly }) input: ReasonOnly,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.moves.reopen(officer, code, input), officer, language);
  }

  @Move('wait', 'Snooze it: nobody is reminded until the given time; at `dueAt` it is overdue all the same')
  wait(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: knownUntil }) input: z.output<typeof knownUntil>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.snoozes.set(officer, code, input), officer, language);
  }

  @Delete('wait')
  @ApiOperation({
    summary: 'End a snooze early',
    description: "An officer can end their own snooze; another officer's is ended by a supervisor.",
  })
  @ApiOkResponse({ standardSchema: wholeTicket })
  endWait(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    return this.after(this.snoozes.end(officer, code), officer, language);
  }

  @Move(
    'contest',
    'Contest a resolution: the centre is read again, and the ticket reopened if it does not match',
  )
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
    'Correct what was stated; `dueAt` stays. Values of the paper are pushed anew; a deadline or purpose is judged anew; what is on record already changes nothing (warning `nothing_changed`)',
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

  @Move('transfer', 'Change the office that handles it; yours may go on reading it')
  async transfer(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') code: string,
    @Body({ schema: transfer }) { office, reason }: z.output<typeof transfer>,
    @CallersLanguage() language: Language,
  ): Promise<WholeTicket> {
    const to = officeForTickets(await this.offices.tree(), office);
    return this.after(this.moves.transfer(officer, code, { officeId: to.id, reason }), officer, language);
  }

  @Post('notes')
  @ApiOperation({ summary: 'Add a note; offices that take part may do so too' })
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
  @Move('reveal', 'Reveal the full values, for a reason; audited', revealed)
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
