import { getMetadataArgsStorage } from 'typeorm';
import { CodeColumn, PrimaryCode } from './columns';

/** Held by the compiler: without an error at these lines `npm run types` fails. */
class Row {
  @CodeColumn('fits', 10) fits!: 'supervisor' | 'auditor' | null;
  @CodeColumn('free', 4, { nullable: true }) free!: string | null;
  // @ts-expect-error supervisor has ten letters
  @CodeColumn('too_long', 9) tooLong!: 'supervisor' | 'auditor' | null;
  // @ts-expect-error provincial has ten letters
  @PrimaryCode('key', 8) key!: 'province' | 'provincial';
}

it('gives a column of codes the length that its words were held to', () => {
  const columns = getMetadataArgsStorage().columns.filter(({ target }) => target === Row);
  expect(columns.map(({ options: { name, length } }) => [name, length])).toEqual([
    ['fits', 10],
    ['free', 4],
    ['too_long', 9],
    ['key', 8],
  ]);
});
