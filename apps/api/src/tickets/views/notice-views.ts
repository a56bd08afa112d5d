import { isoOrNull, time } from '../../http/times';
import { deliveryStates, personChannels } from '@sinkron/messaging';
import { type TicketNoticesRead, noticeChannels } from '@sinkron/tickets';
import { z } from 'zod';

/** `[]` withdraws. */
export const noticesSet = z
  .strictObject({
    channels: noticeChannels.describe('The preferred one first; none: the applicant wants no notices'),
  })
  .meta({ example: { channels: ['whatsapp'] } });

export const consentView = z.object({
  channel: z.enum(personChannels),
  givenAt: time,
  officer: z.uuid().nullable().describe('Who recorded it; null when the applicant said so'),
  withdrawnAt: time.nullable(),
});

export const noticeView = z.object({
  template: z
    .string()
    .nullable()
    .meta({ examples: ['notice_resolved'] })
    .describe('As in `/docs/messages`'),
  channel: z.enum(personChannels).nullable().describe('Null where nothing was to be sent'),
  state: z.enum(deliveryStates),
  reason: z
    .string()
    .nullable()
    .meta({ examples: ['no_consent'] }),
  createdAt: time,
  dueAt: time,
  sentAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  endedAt: time.nullable(),
});

/** The channels to which an applicant consented, the preferred one first, and the notices, oldest first. */
export const ticketNotices = z.object({
  consent: z.array(consentView),
  notices: z.array(noticeView),
});
export type TicketNoticesView = z.output<typeof ticketNotices>;

/** Without addresses and texts: the channel, the times and what became of each notice. */
export function viewNotices({
  consents,
  notices,
}: Pick<TicketNoticesRead, 'consents' | 'notices'>): TicketNoticesView {
  return {
    consent: consents.map(({ channel, givenAt, officerId, withdrawnAt }) => ({
      channel,
      givenAt: givenAt.toISOString(),
      officer: officerId,
      withdrawnAt: isoOrNull(withdrawnAt),
    })),
    notices: notices.map((notice) => ({
      template: notice.template,
      channel:
        personChannels.find((channel) => channel === notice.channel && notice.state !== 'none') ?? null,
      state: notice.state,
      reason: notice.reason,
      createdAt: notice.createdAt.toISOString(),
      dueAt: notice.dueAt.toISOString(),
      sentAt: isoOrNull(notice.sentAt),
      deliveredAt: isoOrNull(notice.deliveredAt),
      readAt: isoOrNull(notice.readAt),
      endedAt: isoOrNull(notice.endedAt),
    })),
  };
}
