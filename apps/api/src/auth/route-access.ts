import { type ExecutionContext, SetMetadata, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Permission, OfficerActor } from '@sinkron/accounts';
import type { FastifyRequest } from 'fastify';

export const publicRoute = 'public-route';
export const permissionOfRoute = 'permission-of-route';
export const beforeSecondFactor = 'before-second-factor';

/** A request that passed the guard. */
export type SignedInRequest = FastifyRequest & { actor?: OfficerActor };

/** Opens a route, or all of a controller, to whoever comes. */
export const Public = () => applyDecorators(SetMetadata(publicRoute, true), ApiSecurity({}));

/**
 * Opens a route, or all of a controller, to whoever is signed in and has this permission; what is declared at the route
 * goes before what is declared at the controller. A route must say this or `@Public()`, or the API does not start.
 */
export const May = (permission: Permission) =>
  applyDecorators(SetMetadata(permissionOfRoute, permission), ApiExtension('x-permission', permission));

/** Opens a route also to whoever still has to set up the second factor that the role needs. */
export const BeforeSecondFactor = () => SetMetadata(beforeSecondFactor, true);

/** The signed-in officer, as a parameter of a handler that is not `@Public()`. */
export const CurrentOfficer = createParamDecorator((_: unknown, context: ExecutionContext): OfficerActor => {
  const { actor } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!actor) throw new Error('A public route has no current officer');
  return actor;
});
