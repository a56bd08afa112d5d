import { PeriodicTask, type Steps } from './periodic-task';
import { pino } from 'pino';

const silent = pino({ level: 'silent' });
const task = (steps: Steps) => new PeriodicTask('test', 60_000, steps, silent);

it('does the steps after one that failed', async () => {
  const done: string[] = [];
  const failing = () => Promise.reject(new Error('broken'));
  const step = (name: string) => () => Promise.resolve(done.push(name));
  await task({ first: step('first'), failing, last: step('last') }).run();
  expect(done).toEqual(['first', 'last']);
});

it('waits for the run in progress when it is stopped, and runs no more', async () => {
  let runs = 0;
  let finish: () => void = () => undefined;
  let running: PeriodicTask | undefined;
  await new Promise<void>((began) => {
    const act = () =>
      new Promise<void>((resolve) => {
        runs += 1;
        finish = resolve;
        began();
      });
    running = new PeriodicTask('test', 0, { act }, silent);
    running.start();
  });
  let stopped = false;
  const stopping = running?.stop().then(() => (stopped = true));
  await Promise.resolve();
  expect(stopped).toBe(false);
  finish();
  await stopping;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(runs).toBe(1);
});
