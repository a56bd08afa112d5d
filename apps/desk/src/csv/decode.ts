import { csvFailure } from './csv-problem';
import type { Text } from '@sinkron/observability';

/** A character that no text file holds; the byte was read in another encoding than it was written in. */
const unreadable = /(?![\t\n\r])\p{Cc}/u;

/**
 * The text of a file in the encoding that it shows: UTF-8 or UTF-16, each with its mark or without, otherwise
 * Windows-1252, as spreadsheets saved CSV for decades.
 * @throws Failure that names line and column of the first thing that cannot be read
 */
export function decodeText(bytes: Buffer): string {
  if (isWorkbook(bytes)) throw csvFailure([{ line: 1, message: workbook }]);
  const wide = wideEncoding(bytes);
  const text = wide ? strictly(bytes, wide) : (decoded(bytes, 'utf-8') ?? legacy(bytes));
  refuseAt(text, text.search(unreadable));
  return text;
}

/** An .xlsx or .ods is a ZIP, an .xls an OLE file. */
function isWorkbook(bytes: Buffer): boolean {
  return ['504b0304', 'd0cf11e0'].includes(bytes.toString('hex', 0, 4));
}

/** Which UTF-16, by its mark, or by where the zero bytes of Latin letters are. */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = bytes.toString('hex', 0, 2);
  if (mark === 'fffe') return 'utf-16le';
  if (mark === 'feff') return 'utf-16be';
  const start = [...bytes.subarray(0, 1_000)];
  const zeros = (rest: number) => start.filter((byte, at) => byte === 0 && at % 2 === rest).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  return zeros(0) > start.length / 4 ? 'utf-16be' : null;
}

/** 0x80 to 0x9f; the rest is Latin-1. By hand: TextDecoder of Node 20 reads these as control characters. */
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** What is UTF-8 but for some bytes was damaged: read in another encoding its letters would come out wrong. */
function legacy(bytes: Buffer): string {
  const damaged = bytes.toString('utf8');
  if (/[^\0-\x7f\ufffd]/.test(damaged)) refuseAt(damaged, damaged.indexOf('\ufffd'));
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (sign) => windows1252[sign.charCodeAt(0) - 0x80]!);
}

function strictly(bytes: Buffer, encoding: string): string {
  const text = decoded(bytes, encoding);
  if (text !== null) return text;
  const damaged = new TextDecoder(encoding).decode(bytes);
  refuseAt(damaged, damaged.indexOf('\ufffd'));
  return damaged;
}

/** Without the mark at its beginning; null when some bytes are not of this encoding. */
function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function refuseAt(text: string, index: number): void {
  if (index < 0) return;
  const before = text.slice(0, index).split(/\r\n|\r|\n/);
  const at = before.at(-1)!.split(/[;,\t]/).length;
  throw csvFailure([{ line: before.length, column: { at }, message: cannotBeRead }]);
}

const cannotBeRead: Text = {
  id: 'Ada huruf yang tidak terbaca. Simpan lagi berkasnya sebagai "CSV UTF-8".',
  en: 'There is a letter that cannot be read. Save the file again as "CSV UTF-8".',
};

const workbook: Text = {
  id: 'Ini buku kerja, bukan CSV. Buka di lembar sebar, lalu simpan sebagai "CSV UTF-8".',
  en: 'This is a workbook and no CSV. Open it in the spreadsheet and save it as "CSV UTF-8".',
};
