import { CentreFailure } from './centre-failure';
import { NotAsked } from './not-asked';
import { registryCircuitBreaker, registryHeldBack } from '@sinkron/observability';
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

/** After so many failed calls in a row this process stops trying for a while. */
const failuresThatOpen = 5;
/** As `sinkron_registry_circuit_breaker` shows it. */
const shown = {
  [CircuitState.Closed]: 0,
  [CircuitState.HalfOpen]: 1,
  [CircuitState.Open]: 2,
  [CircuitState.Isolated]: 2,
};

const once = retry(
  // Mostly a connection kept alive that the other side had closed by then. Every other failure is repeated by the row.
  handleWhen((error) => error instanceof CentreFailure && error.fault === 'connection_lost'),
  { maxAttempts: 1, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 500 }) },
);

/**
 * Stops this process from calling a centre that it cannot reach. The gate in the database holds for all processes; the
 * breaker holds for this process alone, and needs no query.
 */
export class CircuitBreaker {
  private policy: CircuitBreakerPolicy;
  private openedAt = 0;

  /** @param rest milliseconds after which one call tries again */
  constructor(private readonly rest: number) {
    this.policy = this.newPolicy();
  }

  /**
   * @param before waits for the turn of each attempt
   * @param send one attempt
   * @param repeatable whether the call changes nothing, so that it may be made a second time
   * @throws CentreFailure, also when the second attempt is not made any more: the gate counts the first. NotAsked when
   * none was made
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
        return await this.policy.execute(send);
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
      // The library reads the wall clock; one that was set back must not keep the breaker open for hours.
      if (performance.now() - this.openedAt > 2 * this.rest) this.policy = this.newPolicy();
      registryHeldBack.inc({ reason: 'line_down' });
      throw new NotAsked('line_down', this.rest);
    }
  }

  private newPolicy(): CircuitBreakerPolicy {
    const policy = circuitBreaker(
      handleWhen((error) => error instanceof CentreFailure),
      { halfOpenAfter: this.rest, breaker: new ConsecutiveBreaker(failuresThatOpen) },
    );
    policy.onBreak(() => {
      this.openedAt = performance.now();
    });
    policy.onStateChange((state) => registryCircuitBreaker.set(shown[state]));
    registryCircuitBreaker.set(0);
    return policy;
  }
}
