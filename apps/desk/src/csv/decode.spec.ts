import { Failure } from '../failure';
import { parseCsv } from './csv';
import { decodeText } from './decode';
import { officeInput } from '@sinkron/offices';

const text = 'code;name\r\nID;Pusat\r\n33;Jawa Tengah \u2013 \u201cutara\u201d, Ren\u00e9\r\n';

/** As Node writes no big-endian UTF-16. */
const bigEndian = (plain: string) => Buffer.from(plain, 'utf16le').swap16();

/** The bytes of Windows-1252 for the signs used here. */
function windows(plain: string): Buffer {
  const others: Record<string, number> = { '\u2013': 0x96, '\u201c': 0x93, '\u201d': 0x94 };
  return Buffer.from([...plain].map((sign) => others[sign] ?? sign.codePointAt(0)!));
}

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16, little end first, with its mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, little end first', Buffer.from(text, 'utf16le')],
  ['UTF-16, big end first, with its mark', bigEndian(`\ufeff${text}`)],
  ['UTF-16, big end first', bigEndian(text)],
  ['Windows-1252', windows(text)],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(text);
});

function refusal(bytes: Buffer): readonly string[] {
  try {
    decodeText(bytes);
  } catch (error) {
    if (error instanceof Failure) return error.lines;
    throw error;
  }
  return [];
}

it.each([
  ['a byte that no encoding here has', Buffer.from('code;name\nID;Pu\x8dsat\n', 'latin1'), 2, 2],
  ['UTF-8 that was damaged', Buffer.from('code;name\nID;Ren\xc3\xa9\n33;Ren\xc3\n', 'latin1'), 3, 2],
  ['a zero byte', Buffer.from('code;name\n\0ID;Pusat\n'), 2, 1],
  ['half of a sign of UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le').subarray(0, -1), 4, 1],
])('refuses %s, and says where in both languages', (_, bytes, line, column) => {
  expect(refusal(bytes)).toEqual([
    expect.stringMatching(new RegExp(`^baris ${line}, kolom ${column}: Ada huruf yang tidak terbaca`)),
    expect.stringMatching(new RegExp(`^line ${line}, column ${column}: There is a letter`)),
  ]);
});

it.each(['504b030414000600', 'd0cf11e0a1b11ae1'])('refuses a workbook (%s)', (hex) => {
  expect(refusal(Buffer.from(hex, 'hex'))).toEqual([
    expect.stringContaining('baris 1: Ini buku kerja'),
    expect.stringContaining('line 1: This is a workbook'),
  ]);
});

it('returns from an empty file', () => expect(decodeText(Buffer.alloc(0))).toBe(''));

it.each([
  ['WIB', 'Asia/Jakarta'],
  ['wita', 'Asia/Makassar'],
  [' WIT\u200b', 'Asia/Jayapura'],
  ['asia/pontianak', 'Asia/Pontianak'],
])('knows the zone %j as %s', (written, zone) => {
  const [line] = parseCsv(`code;name;level;zone\nID;Pusat;nation;${written}`, officeInput);
  expect(line!.value.zone).toBe(zone);
});
