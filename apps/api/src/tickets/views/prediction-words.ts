import type { Language } from '../../http/language';
import { isoOrNull, time } from '../../http/times';
import type { Zone } from '@sinkron/identity';
import { type Prediction, predictionBases, type PredictionReason, predictionReasons } from '@sinkron/lag';
import type { Text } from '@sinkron/observability';
import { z } from 'zod';

/** When a ticket will likely be done, as officers see it. */
export const predictionView = z.object({
  from: time.nullable().describe('Half of the tickets like it are done between this'),
  to: time.nullable().describe('and this'),
  by90: time.nullable().describe('Nine of ten are done before this'),
  sampleSize: z
    .int()
    .nullable()
    .describe('How many resolved tickets it is computed from')
    .meta({ examples: [212] }),
  basis: z
    .enum(predictionBases)
    .nullable()
    .describe('Whether these are tickets of the region or of the nation'),
  reason: z
    .enum(predictionReasons)
    .nullable()
    .describe(
      'Why times are null. `not_handed_over`: the centre has no push of it yet, and the times count from now',
    ),
  text: z.string().meta({
    examples: ['Biasanya antara 14.00 dan 21.00; 9 dari 10 selesai sebelum besok 09.00 (dari 212 kasus).'],
  }),
});
export type PredictionView = z.output<typeof predictionView>;

/** Where and in which language the times are read. */
interface Reader {
  now: Date;
  zone: Zone;
  language: Language;
}

/** @returns null for a closed ticket */
export function viewPrediction(prediction: Prediction | null, reader: Reader): PredictionView | null {
  if (!prediction) return null;
  const { from, to, by90, sampleSize, basis, reason } = prediction;
  return {
    from: isoOrNull(from),
    to: isoOrNull(to),
    by90: isoOrNull(by90),
    sampleSize,
    basis,
    reason,
    text: predictionText(prediction, reader),
  };
}

/** The range in a sentence, on the clock of the office; without one, why there is none. */
function predictionText(prediction: Prediction, reader: Reader): string {
  const { sampleSize, reason } = prediction;
  const range = rangeText(prediction, reader);
  if (!range) return reason ? without[reason][reader.language] : '';
  const sample = { id: `dari ${sampleSize} kasus`, en: `from ${sampleSize} tickets` }[reader.language];
  const note = reason ? ` ${without[reason][reader.language]}` : '';
  return `${range} (${sample}).${note}`;
}

/** `Biasanya antara 14.00 dan 21.00; 9 dari 10 selesai sebelum besok 09.00`; null when even the range is unknown. */
export function rangeText({ from, to, by90 }: Prediction, reader: Reader): string | null {
  if (!from) return null;
  const at = (instant: Date) => momentText(instant, reader);
  const [first, last] = [at(from), to && at(to)];
  if (reader.language === 'en') {
    const range = !last
      ? `after ${first}`
      : first === last
        ? `around ${first}`
        : `between ${first} and ${last}`;
    return `Usually ${range}${by90 ? `; 9 of 10 are done before ${at(by90)}` : ''}`;
  }
  const range = !last
    ? `setelah ${first}`
    : first === last
      ? `sekitar ${first}`
      : `antara ${first} dan ${last}`;
  return `Biasanya ${range}${by90 ? `; 9 dari 10 selesai sebelum ${at(by90)}` : ''}`;
}

const without: Record<PredictionReason, Text> = {
  too_few_cases: {
    id: 'Belum cukup kasus untuk memperkirakan waktunya.',
    en: 'Too few tickets yet to say when.',
  },
  not_handed_over: {
    id: 'Dihitung dari sekarang; belum diterima pusat.',
    en: 'Counted from now; the centre has not taken it yet.',
  },
  longer_than_seen: {
    id: 'Mungkin lebih lama daripada semua kasus yang pernah diamati.',
    en: 'It may take longer than any ticket that was observed.',
  },
  waits_for_person: {
    id: 'Menunggu tindakan orang, jadi waktunya tidak dapat diperkirakan.',
    en: 'It waits for a person, so nobody can say when.',
  },
};

/** `14.00`, `besok 09.00` or `Rabu 25 November 09.00`, on the office's clock. */
function momentText(instant: Date, { now, zone, language }: Reader): string {
  const clock = formatted(instant, zone, language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const days = dayNumber(instant, zone) - dayNumber(now, zone);
  if (days === 0) return clock;
  if (days === 1) return `${language === 'id' ? 'besok' : 'tomorrow'} ${clock}`;
  const day = formatted(instant, zone, language, { weekday: 'long', day: 'numeric', month: 'long' });
  return `${day.replace(',', '')} ${clock}`;
}

/** Days since 1970 on the calendar of this zone. */
function dayNumber(instant: Date, zone: Zone): number {
  const [year = 0, month = 1, day = 1] = formatted(instant, zone, 'sortable', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .split('-')
    .map(Number);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

const locales = { id: 'id-ID', en: 'en-GB', sortable: 'sv-SE' };
/** Kept, because making one takes longer than everything else here. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatted(
  instant: Date,
  timeZone: Zone,
  style: keyof typeof locales,
  options: Intl.DateTimeFormatOptions,
): string {
  const name = `${timeZone} ${style} ${Object.keys(options).join()}`;
  let formatter = formatters.get(name);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locales[style], { timeZone, ...options });
    formatters.set(name, formatter);
  }
  return formatter.format(instant);
}
