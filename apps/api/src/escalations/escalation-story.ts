import type { Language } from '../http/language';
import type { EntryKind, EscalationEntry } from '@sinkron/escalation';
import { type Delivery, deliveryStates } from '@sinkron/messaging';
import type { Text } from '@sinkron/observability';
import { z } from 'zod';

const time = z.iso.datetime();

/** One thing that happened to an escalation. */
export const storyEntry = z.object({
  at: time,
  kind: z.string().meta({ examples: ['step'] }),
  text: z.string(),
  officer: z.uuid().nullable().describe('Who did it; null for the service'),
  data: z.record(z.string(), z.unknown()),
});

/** A message that asked an officer; without the address. */
export const stepMessage = z.object({
  id: z.uuid(),
  officer: z.uuid().nullable(),
  channel: z.string(),
  state: z.enum(deliveryStates),
  reason: z.string().nullable(),
  attempts: z.int(),
  dueAt: time,
  sentAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
});

const words: Record<EntryKind, Text> = {
  opened: { id: 'Dibuka.', en: 'Opened.' },
  pressed: {
    id: 'Makin mendesak: ditandai petugas, atau batas pemohon mendekat.',
    en: 'It has become more urgent: an officer flagged it, or a deadline came near.',
  },
  reason_changed: {
    id: 'Alasan atau batas waktunya berubah; eskalasi tetap berlaku.',
    en: 'Its reason or deadline changed; the escalation stands.',
  },
  policy_taken: { id: 'Aturan eskalasi kantor dipakai.', en: "The office's policy applies." },
  step: { id: 'Petugas ditanya.', en: 'Officers were asked.' },
  step_skipped: {
    id: 'Langkah ini kosong dan dilewati.',
    en: 'This step was empty and was skipped.',
  },
  quiet: {
    id: 'Jam tenang: ditunda sampai berakhir.',
    en: 'Quiet hours: postponed until they end.',
  },
  unanswered: { id: 'Semua sudah ditanya, belum ada jawaban.', en: 'Everybody was asked, nobody answered.' },
  nobody_on_call: {
    id: 'Tidak ada seorang pun yang dapat dihubungi.',
    en: 'There was nobody who could be reached.',
  },
  acknowledged: { id: 'Diambil petugas.', en: 'Acknowledged by an officer.' },
  unacknowledged: { id: 'Tidak ada yang memegang lagi.', en: 'Nobody has it any more.' },
  composed: { id: 'Pesan ke pusat disusun.', en: 'A message to the centre was composed.' },
  sent: { id: 'Pesan ke pusat dikirim.', en: 'A message to the centre was sent.' },
  receipt_confirmed: { id: 'Pusat memastikan sudah menerima.', en: 'The centre confirmed that it has it.' },
  voided: { id: 'Pesan ke pusat dibatalkan.', en: 'The message to the centre was voided.' },
  numbers_viewed: { id: 'Nomor lengkap dibuka.', en: 'The full numbers were looked at.' },
  told_over: {
    id: 'Yang memegang atau sedang ditanya diberi tahu bahwa ini tidak menunggu mereka lagi.',
    en: 'Whoever had it or was being asked was told that it waits for them no longer.',
  },
  office_closed: {
    id: 'Kantornya ditutup; eskalasi ini berlanjut di kantor pengganti.',
    en: 'Its office closed; it goes on at the successor.',
  },
  resolved: { id: 'Selesai.', en: 'Resolved.' },
};

export function viewStory(entries: EscalationEntry[], language: Language): z.output<typeof storyEntry>[] {
  return entries.map(({ at, kind, officerId, data }) => ({
    at: at.toISOString(),
    kind,
    text: words[kind][language],
    officer: officerId,
    data: data ?? {},
  }));
}

export function viewMessage(delivery: Delivery): z.output<typeof stepMessage> {
  const { id, channel, state, reason, attempts } = delivery;
  return {
    id,
    officer: delivery.recipientOf('officer'),
    channel,
    state,
    reason,
    attempts,
    dueAt: delivery.dueAt.toISOString(),
    sentAt: delivery.sentAt?.toISOString() ?? null,
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
    readAt: delivery.readAt?.toISOString() ?? null,
  };
}
