import type { StatusAnswer } from './harness/answers';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';
import { eventually } from './harness/eventually';

/** A prediction needs so many proofs. */
const enough = 30;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.stop());

it('says when a ticket will be done once thirty like it were proved, and nothing before', async () => {
  const people = await desk.applicants(enough + 2);
  const [early, late, ...others] = people;
  const first = await desk.complain(early!);
  expect(await desk.ticket(first.code)).toMatchObject({
    prediction: { from: null, reason: 'too_few_cases' },
  });

  await desk.reaches(first.code, 'resolved');
  const codes = await Promise.all(others.map(async (person) => (await desk.complain(person)).code));
  await Promise.all(codes.map((code) => desk.reaches(code, 'resolved', 60)));

  // A ticket that the centre does not take waits at the beginning of the curve for as long as this test looks.
  await desk.centre.admin('PUT', '/admin/faults', { status500Share: 1 });
  const { code } = await desk.complain(late!);
  const told = await eventually(async () => {
    const { prediction } = await desk.ticket(code);
    if (!prediction?.from) throw new Error(`No prediction: ${prediction?.reason}`);
    // The estimate of the nation, which has the same tickets here, may be written a moment before that of the region.
    expect(prediction.basis).toBe('region');
    return prediction;
  });
  expect(told).toMatchObject({ reason: 'not_handed_over' });
  expect(told.sampleSize).toBeGreaterThanOrEqual(enough);
  expect(told.text).toMatch(/^Biasanya .+ \(dari \d+ kasus\)/);
  // Whoever asks with the receipt hears the same, in times and in words.
  const { body } = await desk.stranger.post<StatusAnswer>('/v1/status-checks', {
    code,
    birthDate: late!.birthDate,
  });
  expect(body.expected).toEqual({ from: expect.any(String), to: expect.any(String) });
  expect(body.message).toContain('Biasanya ');
});
