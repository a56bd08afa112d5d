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

describe('a step with more to do', () => {
  /** Has so many pieces. */
  const pieces = (done: string[], name: string, count: number) => () =>
    Promise.resolve(done.push(name) && --count > 0);

  it('goes on at once, in turns with others, and the steps without are done once', async () => {
    const done: string[] = [];
    await task({
      two: pieces(done, 'two', 2),
      once: () => Promise.resolve(done.push('once')),
      three: pieces(done, 'three', 3),
    }).run();
    expect(done).toEqual(['two', 'once', 'three', 'two', 'three', 'three']);
  });

  it('goes on no longer than an interval, and not after a failure', async () => {
    const done: string[] = [];
    await new PeriodicTask('test', 0, { endless: pieces(done, 'endless', Infinity) }, silent).run();
    const failing = () => Promise.reject(new Error(String(done.push('failing'))));
    await task({ failing }).run();
    expect(done).toEqual(['endless', 'failing']);
  });

  it('ends with its piece when the task is stopped', async () => {
    let done = 0;
    let stopping: Promise<void> | undefined;
    const stopped: PeriodicTask = task({
      endless: () => {
        stopping = stopped.stop();
        return Promise.resolve(++done > 0);
      },
    });
    await stopped.run();
    await stopping;
    expect(done).toBe(1);
  });
});
