/**
 * The decorator of a column of codes: where the property is of a vocabulary, each of its words must fit the column, or
 * nothing compiles. Of a plain `string` nothing is known.
 */
export type OfCodes<Length extends number> = <Row extends object, Key extends keyof Row & string>(
  row: Row,
  key: Key & ([TooLong<Row[Key], Length>] extends [never] ? unknown : { tooLong: TooLong<Row[Key], Length> }),
) => void;

/** The words that have more letters than the column has room for. */
type TooLong<Word, Length extends number> = Word extends string
  ? Fits<Word, Room<Length>> extends true
    ? never
    : Word
  : never;

/** Takes a letter and a place away until one of them is used up. */
type Fits<Word extends string, Places extends unknown[]> = Word extends `${infer _}${infer Rest}`
  ? Places extends [unknown, ...infer Left]
    ? Fits<Rest, Left>
    : false
  : true;

/** A tuple of so many places. */
type Room<Length extends number, Places extends unknown[] = []> = Places['length'] extends Length
  ? Places
  : Room<Length, [...Places, unknown]>;
