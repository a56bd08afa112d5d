import { assertAllHandled, handledWork } from './handlers';

it('accepts the kinds that have a handler, and stops the boot for one that has none', () => {
  expect(() => assertAllHandled(handledWork)).not.toThrow();
  expect(() => assertAllHandled([...handledWork, { name: 'report' }])).toThrow('report');
});
