import { workKinds } from '@sinkron/queue';
import { assertOneEach } from './processors';

it('accepts one processor for every kind, and stops the boot when one is missing or doubled', () => {
  expect(() => assertOneEach([...workKinds])).not.toThrow();
  expect(() => assertOneEach(workKinds.slice(1))).toThrow('hand-over');
  expect(() => assertOneEach([...workKinds, 'verify'])).toThrow('verify');
});
