import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when reading them aloud or from paper. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Random characters in groups of four with hyphens between them; 19.8 bits a group. */
export function randomGroups(count: number): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: count }, group).join('-');
}
