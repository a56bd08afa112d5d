import { createHash } from 'node:crypto';
import { type Leaf, leafBytes, readLeaves } from './leaves';
import { merkleRoot } from './merkle';

const leaves = ['a', 'b', 'c', 'd', 'e'].map((text) => Buffer.from(text));
const hash = (...parts: (number | Buffer)[]) =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : part))))
    .digest();

it('is the tree of RFC 6962', () => {
  const [a, b, c] = leaves.map((leaf) => hash(0, leaf)) as [Buffer, Buffer, Buffer];
  expect(merkleRoot(leaves.slice(0, 1))).toEqual(a);
  expect(merkleRoot(leaves.slice(0, 3))).toEqual(hash(1, hash(1, a, b), c));
});

it('changes with every leaf, their order and their number', () => {
  const root = merkleRoot(leaves).toString('hex');
  const others = [
    ...leaves.map((_, at) => leaves.with(at, Buffer.from('x'))),
    leaves.toReversed(),
    leaves.slice(1),
    [...leaves, leaves.at(-1)!],
  ];
  const roots = others.map((other) => merkleRoot(other).toString('hex'));
  expect(new Set([root, ...roots]).size).toBe(others.length + 1);
});

it('reads leaves as they were kept, and nothing else', () => {
  const kept: Leaf[] = [
    { chain: 'ticket', id: Buffer.alloc(16, 1), seq: 3 },
    { chain: 'audit', id: Buffer.alloc(16, 2), seq: 4_000_000_000 },
  ];
  const bytes = Buffer.concat(kept.map(leafBytes));
  expect(readLeaves(bytes)).toEqual(kept);
  expect(readLeaves(bytes.subarray(1))).toBeNull();
  expect(readLeaves(Buffer.concat([Buffer.of(9), bytes.subarray(1)]))).toBeNull();
});
