import { Injectable } from '@nestjs/common';
import { Centre, CentreWaits } from '../centre/centre';
import { alikeOnly } from './alike';
import type { Scores, Verdicts } from './reading';
import { Problem, type Text } from '@sinkron/observability';
import type { AskedField, AskedValues, VerificationAnswer } from '@sinkron/registry';
import { type Risk, riskOf } from '@sinkron/tickets';

/** What the centre says of one field. */
export const diagnosisVerdicts = ['match', 'mismatch', 'unknown'] as const;
export type Verdict = (typeof diagnosisVerdicts)[number];

export interface DiagnosisResult {
  /** `birthPlace` and `sex` where they were asked. */
  verdicts: Record<'nik' | 'kk' | 'name' | 'birthDate', Verdict> &
    Partial<Record<'birthPlace' | 'sex', Verdict>>;
  /** How alike names and places are, of 100. */
  scores: Scores;
  /** The likeliest cause, in the vocabulary of a complaint's `cause`; an officer decides. */
  cause: string | null;
  /** What a push would do at the centre; null when none would be made. */
  risk: Risk | null;
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
  unknown_nik: {
    id: 'NIK belum ada di pusat. Periksa ketikan NIK dengan dokumen; bila benar, buat laporan. Sebelum dikirim, petugas mengonfirmasi dokumennya.',
    en: 'The NIK is not at the centre. Compare it with the paper; if it is right, log a complaint. Before it is pushed, an officer confirms the paper.',
  },
  name_or_more_differs: {
    id: 'Nama, atau dua data lahir sekaligus, di pusat berbeda. Periksa ketikan dan dokumen; bila benar, buat laporan. Sebelum dikirim, petugas mengonfirmasi dokumennya.',
    en: 'The name, or two of the birth data, differ at the centre. Check the typing and the papers; if they are right, log a complaint. Before it is pushed, an officer confirms the paper.',
  },
  somebody_else: {
    id: 'NIK ini di pusat tercatat atas nama orang lain. Periksa ketikan NIK dahulu; bila dokumen memang memuatnya, buat laporan: penyelia harus mengonfirmasi sebelum dikirim.',
    en: "At the centre this NIK is another person's. Check the NIK first; if the paper does show it, log a complaint: a supervisor has to confirm before it is pushed.",
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
    const risk = 'unknown_nik';
    return { verdicts, scores: {}, cause: 'nik_not_at_centre', risk, advice: advices[risk] };
  }
  if (reading.kind === 'refusal') {
    const verdicts = { nik: 'unknown', kk: 'unknown', name: 'unknown', birthDate: 'unknown' } as const;
    const cause = causes[reading.reason] ?? null;
    return { verdicts, scores: {}, cause, risk: null, advice: advices.person };
  }
  const { verdicts, scores } = reading;
  const risk = riskOf(verdicts);
  const cause = causeOf(verdicts, risk);
  const advice = risk === null || risk === 'routine' ? advices[cause ?? 'all_match'] : advices[risk];
  const remark = alikeOnly(verdicts, scores);
  return {
    verdicts: { nik: 'unknown', kk: 'unknown', name: 'unknown', birthDate: 'unknown', ...inWords(verdicts) },
    scores,
    cause,
    risk,
    advice: remark ? { id: `${advice.id} ${remark.id}`, en: `${advice.en} ${remark.en}` } : advice,
  };
}

function causeOf(verdicts: Verdicts, risk: Risk | null): 'kk_changed_not_synced' | 'stale_record' | null {
  if (risk === null) return null;
  const differing = Object.values(verdicts).filter((matches) => !matches).length;
  return differing === 1 && verdicts.kk === false ? 'kk_changed_not_synced' : 'stale_record';
}

function inWords(verdicts: Verdicts): Partial<Record<AskedField, Verdict>> {
  const said = Object.entries(verdicts).map(([field, matches]) => [field, matches ? 'match' : 'mismatch']);
  return Object.fromEntries(said) as Partial<Record<AskedField, Verdict>>;
}

const causes: Record<string, string> = {
  deceased: 'recorded_deceased_in_error',
  duplicate_data: 'duplicate_nik',
  inactive: 'nik_inactive',
};
