import { type INestApplicationContext, type Type, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { permissionOfRoute, publicRoute } from './route-access';
import type { Permission } from '@sinkron/accounts';
import { HealthController, MetricsController } from '@sinkron/health';

/** Routes of a lib that the worker shares, which therefore knows nothing of signing in. */
const openControllers: readonly Type[] = [HealthController, MetricsController];

const reflector = new Reflector();

/** What a route asks of whoever comes; null when it does not say. */
export function accessOf(controller: Type, handler: Function): Permission | 'public' | null {
  if (openControllers.includes(controller)) return 'public';
  // What is declared at the route goes before what is declared at its controller.
  for (const target of [handler, controller]) {
    if (reflector.get<boolean | undefined>(publicRoute, target)) return 'public';
    const permission = reflector.get<Permission | undefined>(permissionOfRoute, target);
    if (permission) return permission;
  }
  return null;
}

/** @throws Error that names every route without `@May(…)` or `@Public()` */
export function refuseUndeclaredRoutes(app: INestApplicationContext): void {
  const undeclared = [...app.get(ModulesContainer).values()]
    .flatMap(({ controllers }) => [...controllers.values()])
    .flatMap(({ metatype }) => (metatype ? routesOf(metatype as Type) : []))
    .filter(({ controller, handler }) => accessOf(controller, handler) === null)
    .map(({ controller, name }) => `${controller.name}.${name}`);
  if (undeclared.length === 0) return;
  throw new Error(
    `These routes do not say who may use them, by @May(…) or @Public(): ${undeclared.join(', ')}`,
  );
}

function routesOf(controller: Type): { controller: Type; name: string; handler: Function }[] {
  const prototype = controller.prototype as Record<string, Function>;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name]!;
    const method = reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
    return method === undefined ? [] : [{ controller, name, handler }];
  });
}
