/** What is indexed, of what a row's sealed column holds. */
export type DigestOf<Sealed> = (sealed: Sealed) => string | null | undefined;

/** A blind index that can be made anew from its own row. */
export interface DigestDeclaration {
  column: string;
  index: string;
  valueOf: DigestOf<unknown>;
}

const declared = new Map<unknown, DigestDeclaration[]>();

/** Remembers what `@DigestColumn` says of a class, so that a change of keys can make every index anew. */
export function declareDigest(entity: unknown, declaration: DigestDeclaration): void {
  declared.set(entity, [...(declared.get(entity) ?? []), declaration]);
}

/** The blind indexes of an entity, as its columns declare them. */
export function digestsOf(entity: unknown): readonly DigestDeclaration[] {
  return declared.get(entity) ?? [];
}
