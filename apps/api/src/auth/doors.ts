import { type ExecutionContext, SetMetadata, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Principal, Role } from '@sinkron/access';
import type { FastifyRequest } from 'fastify';

export const publicDoor = 'public-door';
export const rolesOfDoor = 'roles-of-door';

/** A request that passed the guard. */
export type SignedInRequest = FastifyRequest & { principal?: Principal };

/** Opens a route, or all of a controller, to whoever comes; every other one needs a bearer token. */
export const Public = () => applyDecorators(SetMetadata(publicDoor, true), ApiSecurity({}));

/** Only officers in one of these roles; without it, any who is signed in. */
export const Roles = (...roles: Role[]) => SetMetadata(rolesOfDoor, roles);

/** The signed-in officer, as a parameter of a handler that is not `@Public()`. */
export const CurrentOfficer = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<SignedInRequest>();
  if (!principal) throw new Error('A public route has no current officer');
  return principal;
});
