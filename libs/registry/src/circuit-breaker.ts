import { CentreFailure } from './centre-failure';
import { NotAsked } from './not-asked';
import { registryBreaker, registryHeldBack } from '@sinkron/observability';
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  circuitBreaker,
  handleWhen,
  retry,
} from 'cockatiel';

/** So many calls in a row that this process could not bring through make it stop trying for a while. */
const failuresThatBreak = 5;
/** As `sinkron_registry_breaker` shows it. */
const shown = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

const once = retry(
  // The harmless one: a connection kept alive that the other side had closed by then. All else is the row's to repeat.
  handleWhen((error) => error instanceof CentreFailure && error.fault === 'connection_lost'),
  { maxAttempts: 1, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 500 }) },
);

/**
 * This process's own line to the centre. The gate in the database speaks for all processes and of the centre; the
 * breaker here knows of this process alone, at once and without asking anybody.
 */
export class CircuitBreaker {
  private breaker: CircuitBreakerPolicy;
  private brokenAt = 0;

  /** @param rest milliseconds after which a broken line is tried again, by one call */
  constructor(private readonly rest: number) {
    this.breaker = this.mended();
  }

  /**
   * @param before waits for the turn of each attempt
   * @param send one attempt
   * @param repeatable a reading, which a second attempt cannot do twice
   * @throws CentreFailure, also when the second attempt is not made any more: the gate must learn of the first. NotAsked
   * when none was made
   */
  async call<T>(
    before: () => Promise<void>,
    send: () => Promise<T>,
    { repeatable }: { repeatable: boolean },
  ): Promise<T> {
    let failure: CentreFailure | null = null;
    const attempt = async () => {
      await before();
      try {
        return await this.breaker.execute(send);
      } catch (error) {
        if (error instanceof CentreFailure) failure = error;
        throw error;
      }
    };
    try {
      return await (repeatable ? once.execute(attempt) : attempt());
    } catch (error) {
      if (failure) throw failure;
      if (!(error instanceof BrokenCircuitError)) throw error;
      // The library goes by the wall clock; one that was set back must not keep the line broken for hours.
      if (performance.now() - this.brokenAt > 2 * this.rest) this.breaker = this.mended();
      registryHeldBack.inc({ reason: 'line_down' });
      throw new NotAsked('line_down', this.rest);
    }
  }

  private mended(): CircuitBreakerPolicy {
    const breaker = circuitBreaker(
      handleWhen((error) => error instanceof CentreFailure),
      { halfOpenAfter: this.rest, breaker: new ConsecutiveBreaker(failuresThatBreak) },
    );
    breaker.onBreak(() => {
      this.brokenAt = performance.now();
    });
    breaker.onStateChange((state) => registryBreaker.set(shown[state]));
    registryBreaker.set(0);
    return breaker;
  }
}
