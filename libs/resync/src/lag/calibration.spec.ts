import { Push } from '../push/push';
import { countPredictions, matchedAt } from './calibration';
import { predictions } from '@sinkron/observability';

const at = (hours: number) => new Date(Date.parse('2026-11-22T00:00:00Z') + hours * 3_600_000);

function push(facts: Partial<Push>): Push {
  const predicted = { predictedFrom: at(2), predictedTo: at(6), predictedBy90: at(12) };
  return Object.assign(new Push(), { acceptedAt: at(0), mismatchedAt: null, ...predicted, ...facts });
}

it.each([
  ['between the last mismatch and the proof', { mismatchedAt: at(3), provedAt: at(5) }, at(4)],
  ['between the acceptance and the proof', { provedAt: at(2) }, at(1)],
  ['at no known time', { mismatchedAt: at(3), provedAt: null }, null],
])('the match happened %s', (_, facts, expected) => {
  expect(matchedAt(push(facts))).toEqual(expected);
});

it('counts what kept to its prediction and what did not, and nothing that was not predicted', async () => {
  const proved = (hours: number, facts: Partial<Push> = {}) =>
    push({ mismatchedAt: at(hours), provedAt: at(hours), ...facts });
  const nothing = { predictedFrom: null, predictedTo: null, predictedBy90: null };
  countPredictions([proved(1), proved(2), proved(6), proved(7), proved(12), proved(13), proved(3, nothing)]);
  const { values } = await predictions.get();
  const counted = values.map(({ labels, value }) => [labels.range, labels.result, value]);
  expect(new Set(counted)).toEqual(
    new Set([
      ['50', 'inside', 2],
      ['50', 'outside', 4],
      ['90', 'inside', 5],
      ['90', 'outside', 1],
    ]),
  );
});
