import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Role, SignIn } from '@sinkron/access';
import { HealthController, MetricsController } from '@sinkron/health';
import { Problem } from '@sinkron/observability';
import { type SignedInRequest, publicDoor, rolesOfDoor } from './doors';

/** Doors of a lib that the worker shares, which therefore knows nothing of signing in. */
const openControllers: unknown[] = [HealthController, MetricsController];

/** Every route is closed unless it says otherwise, and is judged as matched: an address's spelling opens nothing. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {}

  /** @throws Problem `unauthenticated` or `forbidden` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const door = [context.getHandler(), context.getClass()];
    if (openControllers.includes(context.getClass())) return true;
    if (this.reflector.getAllAndOverride<boolean>(publicDoor, door)) return true;

    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const principal = await this.signIn.authenticate(bearerToken(request.headers.authorization));
    const roles = this.reflector.getAllAndOverride<Role[]>(rolesOfDoor, door);
    if (roles && !roles.includes(principal.role)) throw notForRole();
    request.principal = principal;
    return true;
  }
}

function bearerToken(header: string | undefined): string {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
  if (!token) throw signInFirst();
  return token;
}

function signInFirst(): Problem {
  return new Problem('unauthenticated', {
    id: 'Kirim accessToken dari POST /v1/sessions di header Authorization: Bearer.',
    en: 'Send the accessToken from POST /v1/sessions in the header Authorization: Bearer.',
  });
}

function notForRole(): Problem {
  return new Problem('forbidden', {
    id: 'Peran Anda tidak boleh melakukan ini.',
    en: 'Your role may not do this.',
  });
}
