import { localTime, type Zone } from '@sinkron/identity';
import type { Text } from '@sinkron/observability';
import type { ContestState } from './contest-states';

/** What is added to the status message of a resolved ticket that was contested; null when it was not. */
export function contestWords({ askedAt, checkedAt }: ContestState, zone: Zone): Text | null {
  if (askedAt) {
    return {
      id: 'Atas permintaan, data Anda sedang diperiksa lagi ke pusat.',
      en: 'As was asked, your data are being checked with the centre again.',
    };
  }
  if (!checkedAt) return null;
  return {
    id: `Sudah diperiksa lagi pada ${localTime(checkedAt, zone)}: data di pusat tetap sama dengan dokumen.`,
    en: `Checked again at ${checkedAt.toISOString()}: the central data still match your papers.`,
  };
}
