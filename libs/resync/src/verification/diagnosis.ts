import { Injectable } from '@nestjs/common';
import { Centre, CentreWaits } from '../centre/centre';
import { Problem, type Text } from '@sinkron/observability';
import type { AskedValues, VerificationAnswer } from '@sinkron/registry';

/** What the centre says of one field. */
export const diagnosisVerdicts = ['match', 'mismatch', 'unknown'] as const;
export type Verdict = (typeof diagnosisVerdicts)[number];

export interface DiagnosisResult {
  verdicts: Record<'nik' | 'kk' | 'name' | 'birthDate', Verdict>;
  /** The likeliest cause, in the vocabulary of a complaint's `cause`; an officer decides. */
  cause: string | null;
  advice: Text;
}

const advices = {
  all_match: {
    id: 'Semua data sudah sesuai di pusat. Coba masuk SSCASN lagi dengan NIK dan nomor KK terbaru.',
    en: 'Everything matches at the centre. Try SSCASN again with the NIK and the newest KK number.',
  },
  kk_changed_not_synced: {
    id: 'Nomor KK terbaru belum tercatat di pusat. Buat laporan sinkronisasi; sambil menunggu, pastikan pemohon memakai KK terbaru.',
    en: 'The newest KK number is not at the centre yet. Log a complaint; meanwhile make sure that the newest KK is used.',
  },
  stale_record: {
    id: 'Beberapa data di pusat berbeda dari dokumen. Cocokkan dengan KK terbaru, lalu buat laporan sinkronisasi.',
    en: 'Some data at the centre differ from the papers. Compare with the newest KK, then log a complaint.',
  },
  nik_not_at_centre: {
    id: 'NIK belum ada di pusat. Periksa ketikan NIK; bila benar, buat laporan sinkronisasi.',
    en: 'The NIK is not at the centre. Check the typing; if it is right, log a complaint.',
  },
  person: {
    id: 'Pusat memberi catatan khusus pada data ini. Pemohon perlu datang ke kantor dengan KTP dan KK asli.',
    en: 'The centre has a remark on this record. The applicant should come to the office with the original ID and family card.',
  },
} satisfies Record<string, Text>;

/** Says field by field what does not match before anything is queued; stores nothing. */
@Injectable()
export class Diagnosis {
  constructor(private readonly centre: Centre) {}

  /** @throws Problem registry_unavailable with the reason and when to try again */
  async diagnose(values: AskedValues): Promise<DiagnosisResult> {
    try {
      return explain(await this.centre.ask((client) => client.verify(values), 'person'));
    } catch (error) {
      if (!(error instanceof CentreWaits)) throw error;
      throw new Problem(
        'registry_unavailable',
        {
          id: 'Pusat sedang tidak menjawab. Laporan tetap bisa dibuat; pemeriksaan menyusul otomatis.',
          en: 'The centre does not answer now. A complaint can be logged all the same; the check follows by itself.',
        },
        [],
        Math.ceil(error.wait / 1000),
      );
    }
  }
}

/** What a reading means for the person at the counter. Pure. */
export function explain(reading: VerificationAnswer): DiagnosisResult {
  if (reading.kind === 'unknown') {
    const verdicts = { nik: 'mismatch', kk: 'unknown', name: 'unknown', birthDate: 'unknown' } as const;
    return { verdicts, cause: 'nik_not_at_centre', advice: advices.nik_not_at_centre };
  }
  if (reading.kind === 'refusal') {
    const verdicts = { nik: 'unknown', kk: 'unknown', name: 'unknown', birthDate: 'unknown' } as const;
    return { verdicts, cause: causes[reading.reason] ?? null, advice: advices.person };
  }
  const verdict = (field: 'nik' | 'kk' | 'name' | 'birthDate'): Verdict => {
    const matches = reading.verdicts[field];
    return matches === undefined ? 'unknown' : matches ? 'match' : 'mismatch';
  };
  const verdicts = {
    nik: verdict('nik'),
    kk: verdict('kk'),
    name: verdict('name'),
    birthDate: verdict('birthDate'),
  };
  const wrong = Object.entries(verdicts).filter(([, found]) => found === 'mismatch');
  if (wrong.length === 0) return { verdicts, cause: null, advice: advices.all_match };
  const cause = wrong.length === 1 && wrong[0]?.[0] === 'kk' ? 'kk_changed_not_synced' : 'stale_record';
  return { verdicts, cause, advice: advices[cause] };
}

const causes: Record<string, string> = {
  deceased: 'recorded_deceased_in_error',
  duplicate_data: 'duplicate_nik',
  inactive: 'nik_inactive',
};
