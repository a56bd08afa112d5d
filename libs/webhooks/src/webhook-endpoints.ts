import { Inject, Injectable } from '@nestjs/common';
import { addressRefusals } from './address-rules';
import { EndpointRows } from './endpoint-rows';
import type { EndpointChanges, EndpointInput, ReplayInput } from './endpoint-schemas';
import { newSecret, rotated } from './endpoint-secrets';
import { type Replayed, Replays } from './replays';
import { SafeRequest } from './safe-request';
import { WebhookEndpoint } from './webhook-endpoint';
import type { Actor } from '@sinkron/accounts';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import {
  type Id,
  isId,
  type Page,
  pageOf,
  type PageQuery,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import type { EventType } from '@sinkron/events';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';
import {
  type ClosingOffice,
  lockOffices,
  type MovedPiece,
  officeClosed,
  OfficeDirectory,
  type OfficeTree,
  officeUnknown,
} from '@sinkron/offices';

/** An endpoint as it is shown. */
export interface WebhookView {
  id: Id;
  office: { code: string; name: string };
  /** Its host; the rest of the address is a secret at many services and is not shown again. */
  url: string;
  description: string;
  types: EventType[];
  createdAt: string;
  failingSince: string | null;
  disabledAt: string | null;
  disabledReason: string | null;
}

/** So many endpoints an office may have: each is called for every event. */
const mostEndpoints = 20;

/** The only moment in which a secret is shown. */
export type WebhookWithSecret = WebhookView & { secret: string };

/** The addresses outside to which events are posted: each belongs to a node, and gets what happens there and below. */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly requests: SafeRequest,
    private readonly replays: Replays,
    private readonly audit: Audit,
    private readonly rows: EndpointRows,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(actor: Actor, { cursor, limit }: PageQuery): Promise<Page<WebhookView>> {
    const tree = await this.directory.tree();
    const found = await this.transactions.run((transaction) =>
      this.rows.page(transaction, actor.scope.ids, cursor, limit + 1),
    );
    return pageOf(
      found.map((endpoint) => this.view(endpoint, tree)),
      limit,
    );
  }

  /** @throws Problem `not_found`, also for one outside the actor's scope */
  async find(actor: Actor, id: Id): Promise<WebhookView> {
    const endpoint = await this.transactions.run((transaction) => this.reached(transaction, actor, id));
    return this.view(endpoint, await this.directory.tree());
  }

  /** @throws Problem `invalid` for an office out of scope, or a URL that is not called */
  async create(actor: Actor, { url, description, types, office }: EndpointInput): Promise<WebhookWithSecret> {
    const tree = await this.directory.tree();
    const node = office === undefined ? actor.office : tree.findByCode(office);
    if (!node || !actor.scope.includes(node.id)) throw invalid([officeUnknown('office')]);
    const closed = officeClosed('office', node, tree);
    if (closed.length > 0) throw invalid(closed);
    await this.judge(url);
    const secret = newSecret();
    return this.transactions.run(async (transaction) => {
      // Those who create at once count one after the other.
      await lockOffices(transaction, [node.id]);
      if ((await this.rows.count(transaction, node.id)) >= mostEndpoints) throw tooManyEndpoints();
      const content = { url, description, secrets: [{ secret, until: null }] };
      const endpoint = WebhookEndpoint.create(
        transaction.now,
        { officeId: node.id, types, createdBy: actor.officerId },
        (id) => this.rows.seal(id, content),
      );
      await this.rows.insert(transaction, endpoint);
      await this.audit.record(transaction, actOn(endpoint, actor, 'webhook_created'));
      return { ...this.view(endpoint, tree), secret };
    });
  }

  /** @throws Problem `not_found`, or `invalid` for a URL that is not called */
  async update(actor: Actor, id: Id, { types, ...content }: EndpointChanges): Promise<WebhookView> {
    await this.find(actor, id);
    if (content.url !== undefined) await this.judge(content.url);
    return this.act(actor, id, 'webhook_updated', async (transaction, endpoint) => {
      endpoint.types = types ?? endpoint.types;
      endpoint.sealed = this.rows.seal(id, { ...this.rows.content(endpoint), ...content });
      await this.rows.save(transaction, endpoint);
    });
  }

  /** A new secret; the old one signs beside it for `secretOverlap`. */
  async rotateSecret(actor: Actor, id: Id): Promise<WebhookWithSecret> {
    const secret = newSecret();
    const view = await this.act(actor, id, 'webhook_secret_rotated', async (transaction, endpoint) => {
      const { now } = transaction;
      const { secrets, ...content } = this.rows.content(endpoint);
      const until = new Date(now.getTime() + this.config.durations.secretOverlap);
      endpoint.sealed = this.rows.seal(id, { ...content, secrets: rotated(secrets, secret, now, until) });
      await this.rows.save(transaction, endpoint);
    });
    return { ...view, secret };
  }

  /** It gets events again from now on; `replay` sends what it missed. */
  async enable(actor: Actor, id: Id): Promise<WebhookView> {
    const tree = await this.directory.tree();
    return this.act(actor, id, 'webhook_enabled', async (transaction, endpoint) => {
      const office = tree.find(endpoint.officeId);
      const closed = office ? officeClosed('office', office, tree) : [];
      // Nothing happens there any more: whoever needs it adds it at the successor.
      if (closed[0]) throw new Problem('conflict', closed[0].message, closed);
      endpoint.enable();
      await this.rows.save(transaction, endpoint);
    });
  }

  disable(actor: Actor, id: Id): Promise<WebhookView> {
    return this.act(actor, id, 'webhook_disabled', async (transaction, endpoint) => {
      if (!endpoint.disabledAt) await this.rows.disable(transaction, endpoint, 'by_hand');
    });
  }

  /**
   * Endpoints of an office that closes go to its successor, the enabled ones first; for those beyond its limit there is
   * no place, and they stay behind, disabled.
   */
  async toSuccessor(transaction: Transaction, { from, to }: ClosingOffice): Promise<MovedPiece> {
    await lockOffices(transaction, [from, to]);
    const endpoints = await this.rows.notLeftBehind(transaction, from);
    const free = Math.max(mostEndpoints - (await this.rows.count(transaction, to)), 0);
    const moved = endpoints.slice(0, free);
    const left = endpoints.slice(free);
    for (const endpoint of moved) {
      endpoint.changeOffice(to);
      await this.rows.save(transaction, endpoint);
    }
    for (const endpoint of left) await this.rows.disable(transaction, endpoint, 'office_closed');
    const ids = (some: WebhookEndpoint[]) => some.map(({ id }) => id);
    return { moved: ids(moved), ...(left.length > 0 && { besides: { disabled: ids(left) } }) };
  }

  async remove(actor: Actor, id: Id): Promise<void> {
    await this.act(actor, id, 'webhook_removed', (transaction, endpoint) =>
      this.rows.remove(transaction, endpoint),
    );
  }

  /**
   * Sends events again that the endpoint gets, whether it had accepted them or not.
   * @throws Problem `not_found`, or `conflict` for a disabled endpoint
   */
  async replay(actor: Actor, id: Id, wanted: ReplayInput): Promise<Replayed> {
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) => {
      const endpoint = await this.reached(transaction, actor, id);
      if (endpoint.disabledAt) throw disabled();
      const replayed = await this.replays.queue(
        transaction,
        endpoint,
        tree.scopeAt(endpoint.officeId),
        wanted,
      );
      const detail = { webhook: id, events: replayed.queued };
      await this.audit.record(transaction, { ...actOn(endpoint, actor, 'webhook_replayed'), detail });
      return replayed;
    });
  }

  private async act(
    actor: Actor,
    id: Id,
    action: string,
    change: (transaction: Transaction, endpoint: WebhookEndpoint) => Promise<void>,
  ): Promise<WebhookView> {
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) => {
      const endpoint = await this.reached(transaction, actor, id);
      await change(transaction, endpoint);
      await this.audit.record(transaction, actOn(endpoint, actor, action));
      return this.view(endpoint, tree);
    });
  }

  private async reached(transaction: Transaction, { scope }: Actor, id: Id): Promise<WebhookEndpoint> {
    const endpoint = isId(id) ? await this.rows.lock(transaction, id) : null;
    if (!endpoint || !scope.includes(endpoint.officeId)) throw notFound();
    return endpoint;
  }

  private async judge(url: string): Promise<void> {
    const reason = await this.requests.refusal(url);
    if (!reason) return;
    const { id, en } = addressRefusals[reason];
    throw invalid([fieldError('url', `url_${reason}`, id, en)]);
  }

  private view(endpoint: WebhookEndpoint, tree: OfficeTree): WebhookView {
    const { url, description } = this.rows.content(endpoint);
    const office = tree.find(endpoint.officeId);
    return {
      id: endpoint.id,
      office: { code: office?.code ?? '', name: office?.name ?? '' },
      url: hostOf(url),
      description,
      types: endpoint.types,
      createdAt: endpoint.createdAt.toISOString(),
      failingSince: endpoint.failingSince?.toISOString() ?? null,
      disabledAt: endpoint.disabledAt?.toISOString() ?? null,
      disabledReason: endpoint.disabledReason,
    };
  }
}

function actOn({ id, officeId }: WebhookEndpoint, actor: Actor, action: string): AuditRecord {
  return { ...actedBy(actor), officeId, action, detail: { webhook: id } };
}

function hostOf(url: string): string {
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? origin : `${origin}/…`;
}

function disabled(): Problem {
  return new Problem('conflict', {
    id: 'Endpoint ini nonaktif. Aktifkan dahulu (POST …/enable), lalu kirim ulang.',
    en: 'This endpoint is disabled. Enable it first (POST …/enable), then replay.',
  });
}

function tooManyEndpoints(): Problem {
  return new Problem('conflict', {
    id: `Satu kantor paling banyak punya ${mostEndpoints} endpoint. Hapus yang tidak dipakai lagi.`,
    en: `An office has ${mostEndpoints} endpoints at most. Remove those that are not used any more.`,
  });
}
