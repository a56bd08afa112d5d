import { CentreFailure } from './centre-failure';
import { CircuitBreaker } from './circuit-breaker';
import { NotAsked } from './not-asked';

const lost = () => Promise.reject(new CentreFailure('connection_lost'));
const atOnce = () => Promise.resolve();

describe('a line to a centre that is away', () => {
  it('tells of every call that was made, also when that one broke it, and then makes none', async () => {
    const line = new CircuitBreaker(60_000);
    const read = () => line.call(atOnce, lost, { repeatable: true });
    // Five failures break it: the third call's first attempt, and its second is not made.
    for (let call = 0; call < 3; call++) await expect(read()).rejects.toThrow(CentreFailure);
    await expect(read()).rejects.toThrow(NotAsked);
  });

  it('tells of a failure whose second attempt got no turn', async () => {
    const turns = [atOnce, () => Promise.reject(new NotAsked('rate_limited', 10))];
    const call = new CircuitBreaker(60_000).call(() => turns.shift()!(), lost, { repeatable: true });
    await expect(call).rejects.toThrow(CentreFailure);
  });
});
