import { type DeskUnderTest, startDesk } from './harness/desk-under-test';
import { eventually } from './harness/eventually';

// The application runs as a database user that can only add to history and audit; whoever owns the database can do
// more, and is found out.

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk({ workers: 2 });
});
afterAll(() => desk?.stop());

const verify = (...words: string[]) => desk.command(['audit', 'verify', ...words]);

/** The lines by which the workers told of their checkpoints. */
function checkpoints(): { checkpoint: number; hash: string }[] {
  const lines = desk.workers.flatMap(({ output }) =>
    output.split('\n').filter((line) => line.startsWith('{')),
  );
  return lines
    .map((line) => JSON.parse(line) as { msg: string; checkpoint: number; hash: string })
    .filter(({ msg }) => msg === 'checkpoint')
    .toSorted((one, other) => one.checkpoint - other.checkpoint);
}

it('the whole trail verifies while the desk works, and one flipped byte or a cut-off end does not', async () => {
  const [applicant] = await desk.applicants(1);
  const { code } = await desk.complain(applicant!);
  await desk.reaches(code, 'resolved');
  const before = checkpoints().length;
  await eventually(async () => expect(checkpoints().length).toBeGreaterThan(before));
  expect(await verify()).toMatch(
    /^Whole: the history of 1 tickets, [1-9]\d* rows of audit, [1-9]\d* checkpoints/,
  );

  // Two workers made them by turns, and each number once.
  const made = checkpoints();
  expect(made.map(({ checkpoint }) => checkpoint)).toEqual(made.map((_, index) => index + 1));
  const last = made.at(-1)!;
  await verify('--expect', `${last.checkpoint}:${last.hash}`);

  const { database } = desk.servers;
  await Promise.all(desk.workers.map((worker) => worker.stop()));
  await database.query("update history set kind = 'sesolved' where kind = 'resolved'");
  await expect(verify()).rejects.toThrow(`${code}: the history does not fit from row`);
  await database.query("update history set kind = 'resolved' where kind = 'sesolved'");
  await verify();

  await database.query('delete from audit_checkpoint order by seq desc limit 1');
  await verify();
  const end = checkpoints().at(-1)!;
  await expect(verify('--expect', `${end.checkpoint}:${end.hash}`)).rejects.toThrow(
    'which the log names, is gone',
  );
});
