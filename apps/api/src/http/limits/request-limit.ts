import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SignedInRequest } from '../../auth/route-access';
import { Allowance } from './allowance';
import { bringsSignature } from './signed-route';
import { Limit, networkOf } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { Problem } from '@sinkron/observability';
import { REDIS } from '@sinkron/queue';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';

const uncounted = 'uncounted-route';

/** A route that its own backpressure bounds, and that is not counted against an account: intake is not refused for being fast. */
export const Uncounted = () => SetMetadata(uncounted, true);

/** An answer counts as one request for each such piece of it, as it is sent: a large one costs more than a small one. */
const pieceOfAnswer = 64 * 1024;

/**
 * REQUESTS_PER_MINUTE for each account, from whatever address, and for each network that does not sign in, whatever it
 * asks for. It bounds how much one caller can read, and how busy one caller can keep the service.
 */
@Injectable()
export class RequestLimit implements CanActivate {
  private readonly accounts: Allowance;
  private readonly networks: Allowance;

  constructor(
    private readonly reflector: Reflector,
    @Inject(REDIS) redis: Redis,
    @Inject(CONFIG) { requestsPerMinute: points }: Config,
  ) {
    const perMinute = { points, seconds: 60 };
    this.accounts = new Allowance(new Limit(redis, 'requests:account', perMinute), points);
    this.networks = new Allowance(new Limit(redis, 'requests:network', perMinute), points);
  }

  /** The requests that the hook below left to the guards. @throws Problem `too_many` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const { actor } = request;
    if (!actor) {
      // A public route, called with a token that was not checked.
      if (request.headers.authorization !== undefined) await this.ofNetwork(request);
    } else if (
      !this.reflector.getAllAndOverride<boolean>(uncounted, [context.getHandler(), context.getClass()])
    ) {
      refuseAfter(await this.accounts.take(actor.officerId));
    }
    return true;
  }

  /**
   * Counts requests without a token or to unknown addresses, before their body is read. Health probes are never refused,
   * nor requests that may be signed.
   */
  countStrangers(server: FastifyInstance): void {
    server.addHook('onRequest', async (request) => {
      const isProbe = /^\/(health|metrics)(\/|$)/.test(request.routeOptions.url ?? '');
      const { constant } = request.routeOptions.config as { constant?: boolean };
      const isStranger = request.headers.authorization === undefined || request.is404 || constant;
      if (isStranger && !isProbe && !bringsSignature(request)) await this.ofNetwork(request);
    });
    // Pages and documents that anybody may read; what accounts read is bounded where it is made.
    server.addHook('onSend', async (request, _reply, payload) => {
      const { actor } = request as SignedInRequest;
      const length = Buffer.isBuffer(payload) || typeof payload === 'string' ? payload.length : 0;
      const further = Math.ceil(length / pieceOfAnswer) - 1;
      if (!actor && further > 0) await this.networks.charge(networkOf(request.ip), further);
      return payload;
    });
  }

  /** Counts a request whose token is not valid against its network. @throws Problem `too_many` */
  async countFalseToken(request: FastifyRequest): Promise<void> {
    if (request.headers.authorization !== undefined) await this.ofNetwork(request);
  }

  private async ofNetwork({ ip }: FastifyRequest): Promise<void> {
    refuseAfter(await this.networks.take(networkOf(ip)));
  }
}

function refuseAfter(wait: number): void {
  if (wait === 0) return;
  throw new Problem(
    'too_many',
    {
      id: `Terlalu banyak permintaan dari akun atau jaringan ini. Coba lagi ${wait} detik lagi.`,
      en: `Too many requests from this account or network. Try again in ${wait} seconds.`,
    },
    [],
    wait,
  );
}
