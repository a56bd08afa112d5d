import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { finding, type Finding } from './finding';
import { bareValue } from './pasted';

export type PhoneReading = { ok: true; e164: string } | { ok: false; problem: Finding };

/**
 * Brings a phone number into E.164 (`+62810…`). Without a country code it is Indonesian; `0810…`, `62810…`,
 * `0062810…` and `+62810…` are the same number, and so are their spaced, hyphened and pasted forms. Only the form is judged:
 * whether an operator has given the number out cannot be known. Never throws.
 */
export function normalisePhone(text: string): PhoneReading {
  // 00 is what many write for +, but not Indonesia's own dialling prefix, so the library would keep it as digits.
  const dialled = bareValue(text).replace(/^00/, '+');
  const number = parsePhoneNumberFromString(dialled, { defaultCountry: 'ID', extract: false });
  // The library lets a number of 17 digits pass as possible; E.164 ends at 15.
  if (!number?.isPossible() || !/^\+[1-9][0-9]{6,14}$/.test(number.number)) {
    return { ok: false, problem: finding('phone_not_a_number') };
  }
  return { ok: true, e164: number.number };
}
