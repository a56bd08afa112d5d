import type { IncomingMessage } from 'node:http';
import { answerUnreadable } from '../../problems/answer-unreadable';
import { refuseAddress } from '../../problems/send-problem';
import type { Config } from '@sinkron/config';
import { acceptCorrelationId } from '@sinkron/observability';

/** Bounds of what one connection may ask of the server. */
export function serverOptions(config: Config) {
  return {
    bodyLimit: 64 * 1024,
    // The signed name in a link is longer than Fastify's 100 characters.
    routerOptions: { maxParamLength: 500 },
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    requestIdHeader: false as const,
    genReqId: ({ headers }: IncomingMessage) => acceptCorrelationId(headers['x-correlation-id']),
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    // Whoever stops reading an answer holds a connection no longer than this.
    connectionTimeout: 30_000,
    // Node looks for connections over their time only this often.
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
    // While it stops, the server still answers what it has taken; Fastify's own 503 is not a problem document.
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: answerUnreadable,
  };
}
