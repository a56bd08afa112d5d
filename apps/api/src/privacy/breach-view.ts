import { listedId, namesIn, ticketsOf } from '../audit/audit-view';
import type { AuditEntry } from '@sinkron/audit';
import type { Id } from '@sinkron/database';
import { maskText } from '@sinkron/identity';
import { officeCode, type OfficeTree } from '@sinkron/offices';
import { type BreachInput, type RecordedBreach, breachSubjects } from '@sinkron/privacy';
import { instant, prose, type Ticket } from '@sinkron/tickets';
import { z } from 'zod';

const time = z.iso.datetime();

const given = z.strictObject({
  discoveredAt: instant.describe('When your office came to know of it; the notice is due 72 hours later'),
  from: instant.describe('The first instant in question'),
  to: instant.describe('The first instant after it'),
  description: prose(2000).describe('What happened, how, and what is being done; sealed'),
  officer: listedId.optional().describe('Whose readings are in question: those of an officer, by id …'),
  session: listedId.optional().describe('… or of one session, as the audit names it'),
  token: listedId.optional().describe('… or of one personal access token, likewise'),
  office: officeCode.optional().describe('… or everything done at an office and those below it, by code'),
});

/** A new entry of the register; exactly one of `officer`, `session`, `token` and `office`. */
export const breachBody = given
  .transform(({ officer, session, token, office, ...rest }, context): BreachInput => {
    const said = Object.entries({ officer, session, token, office }).filter(([, value]) => value);
    const concerns = breachSubjects.find((name) => name === said[0]?.[0]);
    const subject = said[0]?.[1];
    if (rest.from >= rest.to) context.addIssue({ ...notInOrder, path: ['to'] });
    if (said.length === 1 && concerns && subject) return { ...rest, concerns, subject };
    context.addIssue({ ...notOne, path: ['officer'] });
    return z.NEVER;
  })
  .meta({
    example: {
      discoveredAt: '2026-11-21T09:00:00+07:00',
      from: '2026-11-20T16:00:00+07:00',
      to: '2026-11-21T08:00:00+07:00',
      description: 'Sesi petugas dibiarkan terbuka di loket; sudah diakhiri, kata sandi diganti.',
      office: '3319',
    },
  });

const notInOrder = {
  code: 'custom' as const,
  message: 'window_order',
  params: {
    code: 'window_order',
    message: { id: '`to` harus sesudah `from`.', en: '`to` must be later than `from`.' },
  },
};
const notOne = {
  code: 'custom' as const,
  message: 'one_subject',
  params: {
    code: 'one_subject',
    message: {
      id: 'Isi tepat satu dari officer, session, token, atau office.',
      en: 'Give exactly one of officer, session, token and office.',
    },
  },
};

export const noticeBody = z
  .strictObject({ givenAt: instant.optional().describe('When it was given; absent: now') })
  .default({})
  .meta({ example: {} });

/** An entry of the register. */
export const breachView = z.object({
  id: z.uuid(),
  discoveredAt: time,
  from: time,
  to: time,
  officer: z.uuid().nullable(),
  session: z.uuid().nullable(),
  token: z.uuid().nullable(),
  office: z.string().nullable().describe('Code'),
  description: z
    .string()
    .nullable()
    .describe('For those who may write the register; identity numbers in it are masked'),
  recordedAt: time,
  recordedBy: z.object({ officer: z.uuid(), office: z.string().nullable() }),
  noticeDueAt: time.describe('72 hours after the discovery (UU PDP 27/2022 art. 46), in the demo too'),
  noticeGivenAt: time.nullable(),
  overdue: z.boolean().describe('The notice is due and was not given'),
});
export type BreachView = z.output<typeof breachView>;

/** @param description null for whoever may not read it */
export function viewBreach(
  { breach, overdue }: RecordedBreach,
  { tree, description }: { tree: OfficeTree; description: string | null },
): BreachView {
  const { id, concerns, subjectId } = breach;
  const only = (name: typeof concerns) => (concerns === name ? subjectId : null);
  const code = (officeId: Id) => tree.find(officeId)?.code ?? null;
  return {
    id,
    discoveredAt: breach.discoveredAt.toISOString(),
    from: breach.from.toISOString(),
    to: breach.to.toISOString(),
    officer: only('officer'),
    session: only('session'),
    token: only('token'),
    office: concerns === 'office' ? code(subjectId) : null,
    description: description && maskText(description),
    recordedAt: breach.recordedAt.toISOString(),
    recordedBy: { officer: breach.recordedBy, office: code(breach.officeId) },
    noticeDueAt: breach.noticeDueAt().toISOString(),
    noticeGivenAt: breach.noticeGivenAt?.toISOString() ?? null,
    overdue,
  };
}

/** One reading or act in the window that showed data of persons. */
export const affectedView = z.object({
  at: time,
  action: z.string().meta({ examples: ['cases_listed'] }),
  officer: z.uuid().nullable(),
  session: z.uuid().nullable(),
  office: z.string().nullable().describe('Code of the office at which it was done'),
  cases: z
    .array(
      z.object({
        id: z.uuid(),
        code: z.string().nullable().describe('Null: outside your offices now'),
        office: z.string().nullable().describe('Code of the office that handles it'),
      }),
    )
    .describe('Whose data'),
  fields: z.array(z.object({ name: z.string(), shown: z.enum(['masked', 'full']) })),
});
export type AffectedView = z.output<typeof affectedView>;

/** @param names of the tickets that the row names by id */
export function viewAffected(
  entry: AuditEntry,
  { tree, names }: { tree: OfficeTree; names: ReadonlyMap<Id, Pick<Ticket, 'code' | 'officeId'>> },
): AffectedView {
  const { at, action, officerId, sessionId, officeId, detail } = entry;
  return {
    at: at.toISOString(),
    action,
    officer: officerId,
    session: sessionId,
    office: (officeId && tree.find(officeId)?.code) ?? null,
    cases: [...new Set(ticketsOf(entry))].map((id) => {
      const named = names.get(id);
      return {
        id,
        code: named?.code ?? null,
        office: (named && tree.find(named.officeId)?.code) ?? null,
      };
    }),
    fields: namesIn(detail?.['fields']).map((field) => {
      const [name = '', mask] = field.split(':');
      return { name, shown: mask === 'masked' ? ('masked' as const) : ('full' as const) };
    }),
  };
}
