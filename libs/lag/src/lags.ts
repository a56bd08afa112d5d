import type { LagEstimate } from './lag-estimate';
import type { Lag } from './prediction';
import type { Id } from '@sinkron/database';
import type { OfficeTree } from '@sinkron/offices';

/** The region of those whose own has too few tickets: everybody. */
export const nation = 'nation';

/** So many matches must have been seen before a curve is believed. */
const fewest = 30;

/** The province in which the office handles its tickets: its node in the tree, else the digits of its code. */
export function regionOf(tree: OfficeTree, officeId: Id): string {
  const office = tree.find(officeId);
  const province = [office, ...tree.above(officeId)].find((node) => node?.level === 'province');
  return province?.code ?? office?.code.slice(0, 2) ?? nation;
}

/** Every region that has an office; the nation is not one of them. */
export function regionsOf(tree: OfficeTree): string[] {
  const regions = new Set(tree.offices.map(({ id }) => regionOf(tree, id)));
  return [...regions].filter((region) => region !== nation);
}

/** How long the resync takes by region, as it stood at one moment. */
export class Lags {
  private readonly byRegion: ReadonlyMap<string, LagEstimate>;

  constructor(
    private readonly tree: OfficeTree,
    readonly estimates: readonly LagEstimate[],
  ) {
    this.byRegion = new Map(estimates.map((estimate) => [estimate.region, estimate]));
  }

  /** That of the office's region, else the nation's; null while both have too few tickets. */
  of(officeId: Id): Lag | null {
    return this.inRegion(regionOf(this.tree, officeId)) ?? this.inRegion(nation);
  }

  /** Pushes that the centre accepted in the last day, everywhere. */
  get pushes(): number {
    return this.byRegion.get(nation)?.pushes ?? 0;
  }

  /** That of one region alone, or of the nation; null while it has too few tickets. */
  inRegion(region: string): Lag | null {
    const estimate = this.byRegion.get(region);
    if (!estimate || estimate.events < fewest) return null;
    return {
      curve: estimate.curve,
      sampleSize: estimate.events,
      basis: region === nation ? 'nation' : 'region',
    };
  }
}
