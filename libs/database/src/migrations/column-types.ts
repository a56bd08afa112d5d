/** A code, a digest in text or any other name that people do not write: ASCII, compared byte by byte. */
export const code = (length: number) => `varchar(${length}) character set ascii collate ascii_bin`;

/** Something that people write. */
export const text = (length: number) => `varchar(${length}) character set utf8mb4 collate utf8mb4_bin`;

/** JSON as text: the two servers disagree about a type for it. */
export const json = 'text character set utf8mb4 collate utf8mb4_bin';
