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

/** What need not be stated, and so can be taken away. */
export type OptionalField = {
  [Field in keyof Applicant]-?: undefined extends Applicant[Field] ? Field : never;
}[keyof Applicant];

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
