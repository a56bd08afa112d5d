import type { ModuleRef } from '@nestjs/core';
import { type Config } from '@sinkron/config';
import { WorkKinds } from '@sinkron/queue';
import { Consumers, consumerClasses } from './consumers';
import { assertAllHandled, handledWork } from './handlers';

it('accepts the kinds that have a handler, and stops the boot for one that has none', () => {
  expect(() => assertAllHandled(handledWork)).not.toThrow();
  expect(() => assertAllHandled([...handledWork, { name: 'report' }])).toThrow('report');
});

it('has a consumer for every kind, and each gets its concurrency; what may hang gets all its places', () => {
  const { consumers, workers } = someConsumers(handledWork);
  consumers.onApplicationBootstrap();
  expect(workers).toHaveLength(handledWork.length);
  const given = handledWork.map(({ name }, at) => [name, workers[at]?.concurrency]);
  expect(given).toEqual(handledWork.map(({ name }) => [name, name === 'webhook' ? 50 : 7]));
});

it('does not start when a lib declares a kind of work that no handler does', () => {
  const { consumers } = someConsumers([...handledWork, { name: 'report', asksCentre: false }]);
  expect(() => consumers.onApplicationBootstrap()).toThrow('Kinds of work without a handler: report');
});

/** The worker's consumers over workers that do nothing. */
function someConsumers(declared: readonly { name: string; asksCentre: boolean }[]) {
  const workers = consumerClasses.map(() => ({ concurrency: 1, on: () => undefined }));
  const modules = {
    get: (consumer: unknown) => ({ worker: workers[consumerClasses.indexOf(consumer as never)] }),
  };
  const kinds = new WorkKinds();
  kinds.declare(declared);
  const config = { concurrency: 7, dispatchLimit: 50 } as Config;
  return { consumers: new Consumers(modules as unknown as ModuleRef, kinds, config), workers };
}
