import { Gates } from './gates';
import { workEntities } from './work';
import { testDatabase, type TestDatabase } from '@sinkron/testing';

let db: TestDatabase;
let gates: Gates;
beforeAll(async () => {
  db = await testDatabase({ entities: workEntities });
  gates = new Gates(db.transactions, db.config);
});
afterAll(() => db.close());

it('stays closed when a call that was in flight as it closed succeeds', async () => {
  await gates.close('centre', 'time_out', 60_000);
  await gates.succeeded('centre');
  expect(await gates.read('centre')).toMatchObject({ closed: true, reason: 'time_out', failures: 5 });
});
