import { z } from 'zod';
import type { Clock, Registered } from './residents';
import type { VerificationSetting } from './settings';
import { similarity } from './similarity';

/** A field of the wrong type counts as missing: this service answers 07 to it, not an HTTP error. */
const parameter = z.string().max(200).optional().catch(undefined);

export const verificationRequest = z
  .object({
    USER_ID: parameter,
    PASSWORD: parameter,
    IP_USER: parameter,
    TRESHOLD: z
      .union([z.int(), z.string()])
      .optional()
      .catch('')
      .describe('Least score, 0–100, with which a fuzzy element matches; 100 when absent'),
    NIK: parameter.describe('Required'),
    NO_KK: parameter,
    NAMA_LGKP: parameter,
    TMPT_LHR: parameter,
    TGL_LHR: parameter.describe('DD-MM-YYYY'),
    JENIS_KLMIN: parameter.describe('Laki-Laki or Perempuan'),
  })
  .catch({} as never)
  .meta({ id: 'VerificationRequest', description: 'Elements that are empty or absent are not asked.' });
export type VerificationRequest = z.output<typeof verificationRequest>;

/** What `content[0]` holds: a verdict per element that was asked, or a code and its text. Never a stored value. */
export type Content = Record<string, string>;

export const texts: Record<string, string> = {
  '00': 'Data Ditemukan',
  '01': 'Data Ditemukan',
  '03': 'User ID atau Password Salah',
  '04': 'IP Tidak Terdaftar',
  '05': 'Kuota Akses Hari Ini Telah Habis',
  '06': 'Di Luar Jam Akses yang Diizinkan',
  '07': 'Parameter Tidak Lengkap atau Tidak Valid',
  '08': 'Data Tidak Dapat Diproses',
  '09': 'Kredensial Tidak Valid',
  '10': 'Lembaga Tidak Aktif',
  '11': 'Data Ditemukan, Status Meninggal Dunia',
  '12': 'Data Ditemukan, Status Data Ganda',
  '13': 'Data Tidak Ditemukan',
  '14': 'Data Ditemukan, Status Tidak Aktif, Silakan Hubungi Dinas Dukcapil',
  '15': 'Format NIK Tidak Sesuai',
  '16': 'Akses Lembaga Dihentikan',
  '17': 'User Tidak Aktif',
};

/** Without a switch these codes keep another shape than the rest, so that a client meets all three. */
const shapes: Record<string, VerificationSetting['errorShape']> = {
  '05': 'RESPON',
  '06': 'RESPONSE',
  '15': 'RESPONSE',
};

const stateCodes = { active: null, deceased: '11', duplicate: '12', inactive: '14' } as const;

/**
 * Judges one request: first what concerns the caller, then the day's quota (`takeQuota` says whether a reading
 * was left, and uses it), then the data.
 */
export function judge(
  request: VerificationRequest,
  registered: Registered | null,
  setting: VerificationSetting,
  clock: Clock,
  takeQuota: () => boolean,
): Content {
  const code =
    callerCode(request, setting, clock) ??
    (takeQuota() ? null : '05') ??
    dataCode(request.NIK ?? '', registered);
  if (code !== null || !registered) return failure(code ?? '13', setting);
  return { ...found(setting), ...verdicts(request, registered) };
}

/** The code that a request gets before any data is looked at, or null; these do not use up the quota. */
function callerCode(request: VerificationRequest, setting: VerificationSetting, clock: Clock): string | null {
  const { answerCode, credentials, permittedHours } = setting;
  if (answerCode && !isFoundCode(answerCode)) return answerCode;
  if (credentials) {
    if (request.USER_ID !== credentials.user || request.PASSWORD !== credentials.password) return '03';
    if (credentials.ip !== undefined && request.IP_USER !== credentials.ip) return '04';
  }
  if (permittedHours && !within(clock.time, permittedHours)) return '06';
  return isComplete(request) ? null : '07';
}

/** The code that the data give, or null when the elements are to be compared. */
function dataCode(nik: string, registered: Registered | null): string | null {
  if (!/^\d{16}$/.test(nik)) return '15';
  return registered ? stateCodes[registered.state] : '13';
}

/** Most answers with verdicts carry no code; some services say 00 or 01 beside them. */
function found({ answerCode }: VerificationSetting): Content {
  if (!answerCode || !isFoundCode(answerCode)) return {};
  return { RESPONSE_CODE: answerCode, RESPONSE_DESC: texts[answerCode]! };
}

function isFoundCode(code: string): boolean {
  return code === '00' || code === '01';
}

/** The failure in one of the shapes seen in the wild: `RESPONSE_DESC` or `RESPONSE` with a code, `RESPON` without. */
function failure(code: string, setting: VerificationSetting): Content {
  const field = setting.errorShape ?? shapes[code] ?? 'RESPONSE_DESC';
  const text = texts[code] ?? 'Kesalahan Tidak Dikenal';
  return field === 'RESPON' ? { RESPON: text } : { RESPONSE_CODE: code, [field]: text };
}

/** Match or mismatch for each element that was asked; the fuzzy ones with a score. */
function verdicts(request: VerificationRequest, held: Registered): Content {
  const threshold = Number(request.TRESHOLD ?? 100);
  const [year, month, day] = held.birthDate.split('-');
  const compare: Record<string, (asked: string) => string> = {
    NIK: (asked) => exact(asked, held.nik),
    NO_KK: (asked) => exact(asked, held.noKk),
    NAMA_LGKP: (asked) => fuzzy(asked, held.name ?? '', threshold),
    TMPT_LHR: (asked) => fuzzy(asked, held.birthPlace ?? '', threshold),
    TGL_LHR: (asked) => exact(asked, `${day}-${month}-${year}`),
    JENIS_KLMIN: (asked) => exact(asked, held.sex === 'M' ? 'Laki-Laki' : 'Perempuan'),
  };
  const content: Content = {};
  for (const [element, verdict] of Object.entries(compare)) {
    const asked = request[element as keyof VerificationRequest];
    if (asked) content[element] = verdict(String(asked));
  }
  return content;
}

function exact(asked: string, held: string): string {
  return asked === held ? 'Sesuai' : 'Tidak Sesuai';
}

function fuzzy(asked: string, held: string, threshold: number): string {
  const score = similarity(asked, held);
  return `${score >= threshold ? 'Sesuai' : 'Tidak Sesuai'} (${score})`;
}

function isComplete({ NIK, TRESHOLD, TGL_LHR, JENIS_KLMIN }: VerificationRequest): boolean {
  return (
    Boolean(NIK) &&
    (TRESHOLD === undefined || (/^\d{1,3}$/.test(String(TRESHOLD)) && Number(TRESHOLD) <= 100)) &&
    (!TGL_LHR || /^\d\d-\d\d-\d{4}$/.test(TGL_LHR)) &&
    (!JENIS_KLMIN || /^(Laki-Laki|Perempuan)$/.test(JENIS_KLMIN))
  );
}

/** Both ends belong to the window; one that ends before it begins passes midnight. */
function within(time: string, { from, to }: { from: string; to: string }): boolean {
  return from <= to ? from <= time && time <= to : time >= from || time <= to;
}
