import { createHash } from 'node:crypto';

/**
 * The root of a Merkle tree as RFC 6962 §2.1 builds it: leaves and inner nodes are hashed under different first bytes,
 * so that neither can pass for the other, and a lone node goes up as it is.
 * @param leaves at least one
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves.map((leaf) => sha256(0, leaf));
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, at) => {
      const [left, right] = level.slice(2 * at, 2 * at + 2) as [Buffer, Buffer?];
      return right ? sha256(1, left, right) : left;
    });
  }
  return level[0] as Buffer;
}

function sha256(first: number, ...parts: Buffer[]): Buffer {
  const hash = createHash('sha256').update(Buffer.of(first));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
