import { foldPasted } from './pasted';

/** Titles that stand before a name and belong to no register: religious, academic, and forms of address. */
const before = new Set(
  'H HJ HJH K KH KHR DR DRG DRS DRA DRH IR PROF USTADZ USTAD USTADZAH NY TN NN SDR SDRI BPK IBU'.split(' '),
);

/** Degrees that stand behind a comma; written together they are known by their first letters. */
const degree =
  /^(?:[SMAD](?:PD|PDI|SI|H|HI|E|EI|T|KOM|SOS|IP|IKOM|AG|KED|KEP|KEB|KEL|KES|KM|GZ|HUM|S|SN|ST|TP|TI|PT|P|PSI|FARM|STAT|AK|AB|AP|AN|M|MD|MDKEB|MDKEP|MDKOM|BA)?|AMD\w{0,4}|ST|SE|SH|MM|MH|MA|MBA|MSC|MPH|PHD|LC|BA|BSC|NERS|NS|APT|CPA|SPD\w{0,2}|SP[A-Z]{1,3}|SSTP|GRDIPL)$/;

/** Words between a name and the father's. */
const lineage = new Set(['BIN', 'BINTI', 'BTE', 'BT', 'BINTE']);

/**
 * A name as two spellings of it are compared: capitals, without apostrophes, hyphens, dots, doubled spaces, titles before
 * and degrees behind it, and without `BIN`/`BINTI`. Never shown and never pushed. Pure, never throws.
 */
export function foldName(name: string): string {
  return withoutTitles(name)
    .toUpperCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['"]/g, '')
    .replace(/[-.,/]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !lineage.has(word))
    .join(' ');
}

/** The name as a register holds it: `H. Ahmad Fauzi, S.Pd.` → `Ahmad Fauzi`. What would leave nothing stays whole. */
export function withoutTitles(name: string): string {
  const folded = foldPasted(name).trim();
  const [person = '', ...degrees] = folded.split(',');
  const areDegrees = degrees.length > 0 && degrees.every((part) => isDegrees(part));
  const words = (areDegrees ? person : folded).trim().split(/\s+/);
  while (words.length > 1 && isTitle(words[0]!)) words.shift();
  return words.join(' ');
}

/** Of a single name nothing is taken: `Ir` may be all that somebody is called. */
function isTitle(word: string): boolean {
  const letters = word.toUpperCase().replaceAll('.', '');
  // `H` alone may be an initial; with its dot, and before more words, it is the pilgrim's title.
  return before.has(letters) && (letters.length > 1 || word.endsWith('.'));
}

function isDegrees(part: string): boolean {
  const words = part.trim().toUpperCase().split(/\s+/).filter(Boolean);
  return words.length > 0 && words.every((word) => degree.test(word.replaceAll('.', '')));
}
