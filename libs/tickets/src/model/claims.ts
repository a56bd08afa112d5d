import type { Applicant } from './applicant';
import { foldName } from '@sinkron/identity';

/** Who is said to have a NIK. */
export type Claim = Pick<Applicant, 'name' | 'birthDate'>;

/**
 * Whether two complaints on one NIK can be about the same person: name or birth date agree. Whoever knows the NIK alone
 * says nothing that agrees. Pure.
 */
export function isSamePerson(one: Claim, other: Claim): boolean {
  return likeness(one, other) > 0;
}

/** The claim that is likeliest about the same person; undefined where none can be. */
export function nearestClaim<T>(
  claims: readonly T[],
  claimOf: (claim: T) => Claim,
  wanted: Claim,
): T | undefined {
  return claims
    .map((claim) => ({ claim, likeness: likeness(claimOf(claim), wanted) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((one, other) => other.likeness - one.likeness)[0]?.claim;
}

/** Those that cannot be about the same person as one of the others. */
export function disputing<T>(claims: readonly T[], claimOf: (claim: T) => Claim): T[] {
  return claims.filter((one) => claims.some((other) => !isSamePerson(claimOf(one), claimOf(other))));
}

function likeness(one: Claim, other: Claim): number {
  return Number(foldName(one.name) === foldName(other.name)) + Number(one.birthDate === other.birthDate);
}
