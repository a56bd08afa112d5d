import { publicStatus } from '../model/lifecycle';
import type { StatedValues } from '../model/statement';
import { differingFields } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { addressField, noAddress } from '../notices/notice-channels';
import type { Warning } from './complaint';
import { receiptText } from './receipt';
import type { IntakeAnswer, Submission } from './submission';
import type { OfficerActor } from '@sinkron/accounts';
import type { PersonChannel } from '@sinkron/messaging';

/** The case that a submission was filed under, as its answer needs it. */
interface FiledUnder {
  ticket: Ticket;
  owner: OfficerActor['office'];
  values: StatedValues;
  statements: number;
}

/**
 * What the officer is told. Outside the owner's scope: code, status, owner and warnings, no more (design, "Fair by
 * construction").
 */
export function wordAnswer(
  { by, complaint, values, warnings }: Submission,
  { ticket, owner, values: known, statements }: FiledUnder,
  { first, publicUrl }: { first: boolean; publicUrl: string },
): IntakeAnswer {
  const unreachable = first
    ? []
    : (complaint.notices ?? []).filter((channel) => !known.applicant[addressField[channel]]);
  const differing = first ? [] : differingFields(known.applicant, values.applicant);
  const common: IntakeAnswer = {
    httpStatus: first ? 201 : 200,
    code: ticket.code,
    status: publicStatus(ticket),
    office: { code: owner.code, name: owner.name },
    repeat: !first,
    repeatCount: statements - 1,
    warnings: [...warnings, ...differing.map(differs), ...unreachable.map(cannotTell)],
  };
  if (!by.scope.includes(ticket.officeId)) return common;
  const { code, dueAt } = ticket;
  const receipt = receiptText({ code, dueAt, zone: owner.zone, publicUrl, officeName: owner.name });
  return { ...common, urgent: ticket.urgent, dueAt: dueAt.toISOString(), receipt };
}

function differs(field: string): Warning {
  return {
    field: `applicant.${field}`,
    code: 'differs_from_case',
    message: {
      id: 'Berbeda dari isian pada laporan yang sudah ada. Bila laporan lama salah, pakai koreksi.',
      en: 'Differs from the case that is open already. If the older value is wrong, use a correction.',
    },
  };
}

/** A repeat does not overwrite what was stated: the address has to stand in the case itself. */
function cannotTell(channel: PersonChannel): Warning {
  return { field: 'notices', ...noAddress[channel] };
}
