/** The field's own words, as the API speaks them. Adding one is free; renaming one breaks scripts outside. */

/** What the applicant needs the match for; the first is the CPNS desk's default (R2). */
export const purposes = ['cpns_sscasn', 'pppk_sscasn', 'education', 'bank', 'bpjs', 'other'] as const;
export type Purpose = (typeof purposes)[number];

/** Why NIK and KK do not match. */
export const causes = [
  'kk_changed_not_synced',
  'old_kk_used',
  'new_kk_after_marriage_or_split',
  'head_of_family_changed',
  'moved_old_record_not_removed',
  'duplicate_nik',
  'ektp_not_recorded',
  'nik_not_at_centre',
  'stale_record',
  'typing_error',
  'nik_used_by_another',
  'nik_inactive',
  'recorded_deceased_in_error',
  'other',
] as const;
export type Cause = (typeof causes)[number];

/** Through what the complaint came (R3, R35). */
export const channels = ['counter', 'phone', 'whatsapp', 'email', 'web', 'facebook', 'twitter'] as const;
export type Channel = (typeof channels)[number];

/**
 * Why an officer suspends (R17). The first puts the public status on `awaiting_documents`; `subject_request` is the wish
 * of the person concerned that their data be processed no further (UU PDP 27/2022 art. 41).
 */
export const suspensions = [
  'requirements_unmet',
  'directions_not_followed',
  'off_procedure',
  'subject_request',
  'other',
] as const;
export type Suspension = (typeof suspensions)[number];

/** What may be missing when requirements are unmet, in words that may be sent to the applicant. */
export const documentKinds = [
  'family_card',
  'identity_card',
  'birth_certificate',
  'marriage_certificate',
  'divorce_certificate',
  'moving_letter',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Why an officer rejects (R18). */
export const rejections = [
  'wrong_line',
  'not_a_mismatch',
  'not_the_applicant',
  'invalid_documents',
  'other',
] as const;
export type Rejection = (typeof rejections)[number];
