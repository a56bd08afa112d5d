import { CentreFailure } from './centre-failure';
import { CircuitBreaker } from './circuit-breaker';
import { NotAsked } from './not-asked';

const lost = () => Promise.reject(new CentreFailure('connection_lost'));
const atOnce = () => Promise.resolve();

describe('the circuit breaker before a centre that is away', () => {
  it('throws the failure of every call that was made, also of the one that opened it, and then makes none', async () => {
    const breaker = new CircuitBreaker(60_000);
    const read = () => breaker.call(atOnce, lost, { repeatable: true });
    // Five failures open it: the third call's first attempt, and its second is not made.
    for (let call = 0; call < 3; call++) await expect(read()).rejects.toThrow(CentreFailure);
    await expect(read()).rejects.toThrow(NotAsked);
  });

  it('throws the failure whose second attempt got no turn', async () => {
    const turns = [atOnce, () => Promise.reject(new NotAsked('rate_limited', 10))];
    const call = new CircuitBreaker(60_000).call(() => turns.shift()!(), lost, { repeatable: true });
    await expect(call).rejects.toThrow(CentreFailure);
  });
});
