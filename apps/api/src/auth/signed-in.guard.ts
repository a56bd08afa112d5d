import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RequestLimit } from '../http/limits/request-limit';
import { accessOf } from './declared-access';
import { beforeSecondFactor, type SignedInRequest } from './route-access';
import { type OfficerActor, requirePermission, secondFactorRequired, SignIn } from '@sinkron/accounts';
import { Problem } from '@sinkron/observability';

/** Every route is closed unless it says otherwise, and is judged as matched: an address's spelling opens nothing. */
@Injectable()
export class SignedInGuard implements CanActivate {
  constructor(
    private readonly signIn: SignIn,
    private readonly limit: RequestLimit,
  ) {}

  /** @throws Problem `unauthenticated`, `forbidden`, `second_factor_required`, or `too_many` for many false tokens */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getClass(), context.getHandler());
    if (access === 'public') return true;

    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const actor = await this.authenticate(request);
    // The boot has refused such a route; nothing here hangs on that.
    if (access === null) throw undeclared();
    requirePermission(actor, access);
    if (actor.lacksSecondFactor && !opensBeforeSecondFactor(context)) throw secondFactorRequired();
    request.actor = actor;
    return true;
  }

  private async authenticate(request: SignedInRequest): Promise<OfficerActor> {
    try {
      return await this.signIn.authenticate(bearerToken(request.headers.authorization));
    } catch (error) {
      if (error instanceof Problem && error.kind === 'unauthenticated')
        await this.limit.countFalseToken(request);
      throw error;
    }
  }
}

function opensBeforeSecondFactor(context: ExecutionContext): boolean {
  return new Reflector().get<boolean | undefined>(beforeSecondFactor, context.getHandler()) ?? false;
}

/** @throws Problem `unauthenticated` when the header holds none */
export function bearerToken(header: string | undefined): string {
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

function undeclared(): Problem {
  return new Problem('forbidden', {
    id: 'Alamat ini belum menyatakan siapa yang boleh memakainya.',
    en: 'This address does not say yet who may use it.',
  });
}
