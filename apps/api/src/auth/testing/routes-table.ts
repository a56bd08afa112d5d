import { password } from '../../testing/start-api';
import type { Kudus } from './kudus';
import { type Role, roles } from '@sinkron/accounts';

/** What is expected of a route. */
export interface RouteAccess {
  /** The roles that get through; `open`: whoever comes, without signing in. */
  to: readonly Role[] | 'open';
  /** What of Kudus the address names; it does not exist for whoever sits in another region. */
  names?: keyof Kudus;
  /** Where the example of the API's own document will not do. */
  body?: (kudus: Kudus) => object;
  /** It concerns every office: below the nation nobody gets through, whatever the role. */
  nationwide?: true;
  /** It names what is somebody's own: anybody else's does not exist, whatever their role and region. */
  own?: true;
  /** The answer ends the session of whoever calls. */
  signsOut?: true;
}

const everybody = roles;
const desk = ['officer', 'supervisor', 'admin'] as const;
const managers = ['supervisor', 'admin'] as const;
const admins = ['admin'] as const;
const escalated = ['officer', 'supervisor', 'liaison', 'admin'] as const;
const auditors = ['auditor', 'admin'] as const;
const historians = ['officer', 'supervisor', 'auditor', 'admin'] as const;

/** Every route of the API, as Fastify has it; HEAD goes with GET. A route without a row fails the test. */
export const routesTable: Readonly<Record<string, RouteAccess>> = {
  'GET /docs': { to: 'open' },
  'GET /docs/messages': { to: 'open' },
  'GET /openapi.json': { to: 'open' },
  'GET /events.json': { to: 'open' },
  'GET /health/live': { to: 'open' },
  'GET /health/ready': { to: 'open' },
  'GET /metrics': { to: 'open' },

  'POST /v1/sessions': { to: 'open' },
  'POST /v1/sessions/refresh': { to: 'open' },
  'DELETE /v1/sessions/current': { to: everybody, signsOut: true },
  'GET /v1/sessions': { to: everybody },
  'DELETE /v1/sessions': { to: everybody, signsOut: true },
  'DELETE /v1/sessions/:id': { to: everybody, own: true },

  'GET /v1/account': { to: everybody },
  'PATCH /v1/account': { to: everybody },
  'POST /v1/account/password': { to: everybody, body: () => ({ current: password, password }) },
  'POST /v1/account/totp': { to: everybody, body: () => ({ password }) },
  'POST /v1/account/totp/confirm': { to: everybody },
  'POST /v1/account/totp/remove': { to: everybody, body: () => ({ password }) },
  'POST /v1/account/recovery-codes': { to: everybody, body: () => ({ password }) },
  'POST /v1/account/tokens': { to: everybody },
  'GET /v1/account/tokens': { to: everybody },
  'DELETE /v1/account/tokens/:id': { to: everybody, own: true },

  'POST /v1/status-checks': { to: 'open' },
  'GET /cek': { to: 'open' },
  'POST /cek': { to: 'open' },
  'POST /v1/status-checks/contest': { to: 'open' },
  'POST /cek/sanggah': { to: 'open' },

  'GET /v1/channels/whatsapp/webhook': { to: 'open' },
  'POST /v1/channels/whatsapp/webhook': { to: 'open' },

  'GET /v1/stuck': { to: desk },
  'GET /v1/overview': { to: managers },

  'POST /v1/tickets': { to: desk },
  'GET /v1/tickets': { to: desk },
  'POST /v1/tickets/search': { to: desk, body: ({ nik }) => ({ nik }) },
  'GET /v1/tickets/export': { to: managers },
  'GET /v1/tickets/:code': { to: desk, names: 'ticket' },
  'GET /v1/tickets/:code/history': { to: historians, names: 'ticket' },
  'POST /v1/tickets/:code/suspend': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/resume': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/escalate': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/repush': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/confirm': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/merge': { to: desk, names: 'ticket', body: ({ ticket }) => ({ into: ticket }) },
  'POST /v1/tickets/:code/links': { to: desk, names: 'ticket', body: ({ ticket }) => ({ ticket }) },
  'POST /v1/tickets/:code/corrections': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/transfer': {
    to: desk,
    names: 'ticket',
    body: ({ office }) => ({ office, reason: 'Sudah di sini.' }),
  },
  'POST /v1/tickets/:code/notes': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/reveal': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/reject': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/cancel': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/reopen': { to: desk, names: 'ticket' },
  // Before there is one: another officer's is not ended by whoever holds the route's permission.
  'DELETE /v1/tickets/:code/wait': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/wait': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/contest': { to: desk, names: 'ticket' },
  'GET /v1/tickets/:code/notices': { to: desk, names: 'ticket' },
  'POST /v1/tickets/:code/notices': { to: desk, names: 'ticket' },
  'POST /v1/transfers': { to: desk, body: ({ office }) => ({ tickets: ['x'], office, note: 'Digabung.' }) },
  'POST /v1/diagnoses': { to: desk },
  'GET /v1/purposes': { to: desk },
  'PUT /v1/purposes/:code': { to: admins, names: 'purpose', nationwide: true },

  'GET /v1/escalations': { to: escalated },
  'GET /v1/escalations/:id': { to: escalated, names: 'escalation' },
  'POST /v1/escalations/:id/acknowledge': { to: escalated, names: 'escalation' },
  'POST /v1/escalations/:id/unacknowledge': { to: escalated, names: 'escalation' },
  'POST /v1/escalations/:id/broadcast': { to: ['supervisor', 'liaison', 'admin'], names: 'escalation' },
  'POST /v1/escalations/:id/handoffs': {
    to: desk,
    names: 'escalation',
    body: ({ contact }) => ({ contactId: contact, channel: 'phone' }),
  },
  'POST /v1/handoffs': {
    to: desk,
    // Of an escalation that is not there: nobody gets through to compose one.
    own: true,
    body: ({ contact }) => ({ escalations: [contact], contactId: contact, channel: 'phone' }),
  },
  'POST /v1/handoff-views': { to: escalated, own: true },
  'GET /ack/:token': { to: 'open' },
  'POST /ack/:token': { to: 'open' },
  'GET /serah-terima/:token': { to: 'open' },
  'POST /serah-terima/:token': { to: 'open' },
  'GET /v1/deliveries': { to: managers },
  'POST /v1/deliveries/:id/retry': { to: managers, own: true },
  'POST /v1/deliveries/:id/dismiss': { to: managers, own: true },
  'POST /v1/handoffs/:id/sent': { to: desk, names: 'handoff' },
  'POST /v1/handoffs/:id/received': { to: escalated, names: 'handoff' },
  'POST /v1/handoffs/:id/void': { to: escalated, names: 'handoff' },
  'POST /v1/escalations/:id/resolve': { to: escalated, names: 'escalation' },
  'POST /v1/escalations/:id/return': { to: desk, names: 'escalation' },

  'GET /v1/rotas': { to: desk },
  'GET /v1/rotas/:id': { to: desk, names: 'rota' },
  'POST /v1/rotas': { to: managers },
  'PUT /v1/rotas/:id': { to: managers, names: 'rota' },
  'POST /v1/rotas/:id/overrides': {
    to: managers,
    names: 'rota',
    body: ({ officer }) => ({ officer, from: '2030-01-01T00:00:00Z', to: '2030-01-02T00:00:00Z' }),
  },
  'DELETE /v1/rotas/:id/overrides/:overrideId': { to: managers, names: 'rota' },
  // While a policy asks it, it stays.
  'DELETE /v1/rotas/:id': { to: managers, names: 'rota' },
  'GET /v1/escalation-policies': { to: desk },
  'GET /v1/offices/:code/escalation-policy': { to: desk, names: 'office' },
  'PUT /v1/offices/:code/escalation-policy': { to: managers, names: 'office' },
  'DELETE /v1/offices/:code/escalation-policy': { to: managers, names: 'office' },
  'GET /v1/holidays': { to: desk },
  'PUT /v1/offices/:code/holidays/:day': { to: managers, names: 'office' },
  'DELETE /v1/offices/:code/holidays/:day': { to: managers, names: 'office' },

  'GET /v1/events': { to: escalated },
  'GET /v1/webhooks': { to: managers },
  // A host that is in no DNS: whoever gets through is told so.
  'POST /v1/webhooks': {
    to: managers,
    body: () => ({ url: 'https://hook.invalid', description: 'Konsol', types: ['ticket.overdue'] }),
  },
  'GET /v1/webhooks/:id': { to: managers, names: 'webhook' },
  'PATCH /v1/webhooks/:id': { to: managers, names: 'webhook' },
  'POST /v1/webhooks/:id/rotate-secret': { to: managers, names: 'webhook' },
  'POST /v1/webhooks/:id/disable': { to: managers, names: 'webhook' },
  'POST /v1/webhooks/:id/enable': { to: managers, names: 'webhook' },
  'POST /v1/webhooks/:id/replay': { to: managers, names: 'webhook' },
  // The first of them removes it.
  'DELETE /v1/webhooks/:id': { to: managers, own: true },

  'GET /v1/offices': { to: admins },
  'POST /v1/offices': { to: admins },
  'GET /v1/offices/:code': { to: admins, names: 'office' },
  'PATCH /v1/offices/:code': { to: admins, names: 'office' },
  // Into itself: whoever gets through is told so.
  'POST /v1/offices/:code/close': {
    to: admins,
    names: 'office',
    body: ({ office }) => ({ successor: office, note: 'Digabung.' }),
  },
  'GET /v1/officers': { to: managers },
  'POST /v1/officers': { to: admins },
  'PATCH /v1/officers/:id': { to: admins, names: 'officer' },
  'POST /v1/officers/:id/disable': { to: admins, names: 'officer' },
  'DELETE /v1/officers/:id/sessions': { to: admins, names: 'officer' },
  'DELETE /v1/officers/:id/totp': { to: admins, names: 'officer' },
  'GET /v1/contacts': { to: desk },
  'POST /v1/contacts': { to: admins },
  'PATCH /v1/contacts/:id': { to: admins, names: 'contact' },

  'GET /v1/audit': { to: auditors },
  'GET /v1/breaches': { to: auditors },
  'POST /v1/breaches': { to: admins },
  'GET /v1/breaches/:id': { to: auditors, names: 'breach' },
  'GET /v1/breaches/:id/affected': { to: auditors, names: 'breach' },
  'POST /v1/breaches/:id/notice': { to: admins, names: 'breach' },
  'POST /v1/subject-exports': { to: managers, body: ({ nik }) => ({ nik, reason: 'Atas permintaannya.' }) },
};
