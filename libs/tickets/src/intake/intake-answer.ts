import { publicStatus } from '../model/lifecycle';
import type { StatedValues } from '../model/statement';
import { differingFields } from '../model/applicant';
import { reasons } from '../model/reasons';
import { identityDisputed, type Ticket } from '../model/ticket';
import { addressField, noAddress } from '../notices/notice-channels';
import type { Warning } from './complaint';
import { receiptText } from './receipt';
import type { IntakeAnswer, Submission } from './submission';
import type { PersonChannel } from '@sinkron/messaging';
import type { Office } from '@sinkron/offices';

/** The ticket that a submission was filed under, as its answer needs it. */
interface FiledUnder {
  ticket: Ticket;
  owner: Office;
  values: StatedValues;
  statements: number;
}

/**
 * What whoever submitted is told. The applicant takes the receipt home from whatever desk they stand at; of a ticket
 * outside the scope of whoever submitted: code, status, owner, warnings and that receipt, no more.
 */
export function wordAnswer(
  { by, complaint, values, warnings }: Submission,
  { ticket, owner, values: current, statements }: FiledUnder,
  { first, publicUrl }: { first: boolean; publicUrl: string },
): IntakeAnswer {
  const unreachable = first
    ? []
    : (complaint.notices ?? []).filter((channel) => !current.applicant[addressField[channel]]);
  const differing = first ? [] : differingFields(current.applicant, values.applicant);
  const { code, dueAt, deadlineAt } = ticket;
  const isLater = !first && complaint.deadlineAt && deadlineAt && complaint.deadlineAt > deadlineAt;
  const common: IntakeAnswer = {
    httpStatus: first ? 201 : 200,
    code,
    status: publicStatus(ticket),
    office: { code: owner.code, name: owner.name },
    repeat: !first,
    repeatCount: statements - 1,
    receipt: receiptText({ code, dueAt, zone: owner.zone, publicUrl, officeName: owner.name }),
    warnings: [
      ...warnings,
      ...(first && ticket.identityDisputed ? [disputed] : []),
      ...differing.map(differs),
      ...unreachable.map(cannotTell),
      ...(isLater ? [notLater] : []),
    ],
  };
  if (!first && !by.scope.includes(ticket.officeId)) return common;
  return { ...common, urgent: ticket.urgent, dueAt: dueAt.toISOString() };
}

const disputed: Warning = {
  field: 'applicant.nik',
  code: identityDisputed,
  message: reasons.identity_disputed.sentence,
};

function differs(field: string): Warning {
  return {
    field: `applicant.${field}`,
    code: 'differs_from_case',
    message: {
      id: 'Berbeda dari isian pada laporan yang sudah ada. Bila laporan lama salah, pakai koreksi.',
      en: 'Differs from the ticket that is open already. If the older value is wrong, use a correction.',
    },
  };
}

/** Of two deadlines the nearer one counts, whoever stated it, until somebody corrects it. */
const notLater: Warning = {
  field: 'deadlineAt',
  code: 'later_deadline_not_taken',
  message: {
    id: 'Laporan yang sudah ada memakai batas waktu yang lebih awal, dan itu tetap berlaku. Bila batas itu salah, pakai koreksi.',
    en: 'The ticket that is open already has an earlier deadline, which stands. If that one is wrong, use a correction.',
  },
};

/** A repeat does not overwrite what was stated: the address has to be in the ticket itself. */
function cannotTell(channel: PersonChannel): Warning {
  return { field: 'notices', ...noAddress[channel] };
}
