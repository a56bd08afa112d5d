/** A row that a checkpoint covers, and with it every row before it in its chain. */
export interface Leaf {
  chain: 'ticket' | 'audit';
  /** The id of the ticket, or of the audit chain. */
  id: Buffer;
  seq: number;
}

const kinds = ['ticket', 'audit'] as const;
const size = 1 + 16 + 4;

/** A leaf as a checkpoint keeps it: 21 bytes. */
export function leafBytes({ chain, id, seq }: Leaf): Buffer {
  const bytes = Buffer.alloc(size);
  bytes[0] = kinds.indexOf(chain);
  id.copy(bytes, 1);
  bytes.writeUInt32BE(seq, 17);
  return bytes;
}

/** @returns null for bytes that are no leaves */
export function readLeaves(bytes: Buffer): Leaf[] | null {
  if (bytes.length % size !== 0) return null;
  const leaves: Leaf[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chain = kinds[bytes[at] as number];
    if (!chain) return null;
    leaves.push({ chain, id: bytes.subarray(at + 1, at + 17), seq: bytes.readUInt32BE(at + 17) });
  }
  return leaves;
}
