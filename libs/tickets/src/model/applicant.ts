import type { Sex } from '@sinkron/identity';

/** Who the complaint is about, as the newest papers say it. */
export interface Applicant {
  name: string;
  nik: string;
  kk: string;
  previousKk?: string;
  /** ISO date */
  birthDate: string;
  birthPlace?: string;
  sex?: Sex;
  /** E.164 */
  phone?: string;
  email?: string;
}

/** In what two statements of one person may differ; the NIK says that it is one person. */
const mayDiffer: Record<keyof Applicant, boolean> = {
  name: true,
  nik: false,
  kk: true,
  previousKk: true,
  birthDate: true,
  birthPlace: true,
  sex: true,
  phone: true,
  email: true,
};

/** In which fields two statements differ; a field that only one of them gives is no difference. */
export function differingFields(one: Applicant, other: Applicant): (keyof Applicant)[] {
  return (Object.keys(mayDiffer) as (keyof Applicant)[]).filter(
    (field) => mayDiffer[field] && one[field] && other[field] && normal(one[field]) !== normal(other[field]),
  );
}

function normal(value: string): string {
  return value.toUpperCase().replace(/\s+/g, ' ');
}
