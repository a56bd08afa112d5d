import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accessOf, refuseUndeclaredRoutes } from './declared-access';
import { May, Public } from './route-access';
import { HealthController } from '@sinkron/health';

@May('cases:read')
@Controller('declared')
class Declared {
  @Get()
  read() {}

  @May('cases:write')
  @Post()
  write() {}

  @Public()
  @Post('open')
  open() {}
}

@Controller('forgotten')
class Forgotten {
  @May('cases:read')
  @Get()
  read() {}

  @Post()
  write() {}

  helper() {}
}

async function boot(...controllers: Type[]): Promise<void> {
  @Module({ controllers })
  class Routes {}
  refuseUndeclaredRoutes(await NestFactory.createApplicationContext(Routes, { logger: false }));
}

/** What the route of this name asks. */
function asked(controller: Type, name: string) {
  return accessOf(controller, (controller.prototype as Record<string, Function>)[name]!);
}

it.each<[Type, string, string | null]>([
  [Declared, 'read', 'cases:read'],
  [Declared, 'write', 'cases:write'],
  [Declared, 'open', 'public'],
  [Forgotten, 'write', null],
  [HealthController, 'live', 'public'],
])("%p.%s: a route's own word goes before its controller's", (controller, name, access) => {
  expect(asked(controller, name)).toBe(access);
});

it('a route that says nothing stops the boot and is named', async () => {
  await expect(boot(Declared)).resolves.toBeUndefined();
  await expect(boot(Declared, Forgotten)).rejects.toThrow(/: Forgotten\.write$/);
});
