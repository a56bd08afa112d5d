import type { Zone } from './regions';

const zoneNames: Record<Zone, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

const locales = { id: 'id-ID', en: 'en-GB' } as const;
type Language = keyof typeof locales;

/** One for each zone and language: to make a formatter takes longer than everything else about a receipt. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: Zone, language: Language): Intl.DateTimeFormat {
  const name = `${timeZone} ${language}`;
  let formatter = formatters.get(name);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locales[language], {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(name, formatter);
  }
  return formatter;
}

/** An instant on a clock of Indonesia, as people there say it: `Senin, 23 November 2026 pukul 14.05 WIB`. */
export function localTime(instant: Date, zone: Zone, language: Language = 'id'): string {
  return `${formatterOf(zone, language).format(instant)} ${zoneNames[zone]}`;
}
