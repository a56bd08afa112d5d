import type { RunningApi } from '../../testing/start-api';
import { caller, someComplaint } from '../../tickets/testing/desk';
import { syntheticNik } from '@sinkron/identity';

/** What there is in Kudus for others to reach for: ids, codes and numbers, by what they name. */
export interface Kudus {
  office: string;
  officer: string;
  contact: string;
  purpose: string;
  ticket: string;
  nik: string;
  escalation: string;
  handoff: string;
  /** One that a policy of Kudus asks. */
  rota: string;
  /** A day of the calendar. */
  day: string;
  breach: string;
  webhook: string;
}

/** What no auditor and nobody at the centre may read of the person that the ticket is about. */
export const personal = { name: 'Cempaka Rembulan', note: 'Tetangganya bernama Wira Cendana.' };

/** A ticket of Kudus that was escalated and handed to a contact there. */
export async function kudusOf(api: RunningApi): Promise<Kudus> {
  const admin = caller(api.url, await api.officer('admin', '3319'));
  const officer = await api.officer('officer', '3319');
  const desk = caller(api.url, officer);

  const contact = await admin.post('/v1/contacts', {
    office: '3319',
    name: 'Bunga Anggraini',
    phone: '+628100000051',
  });
  // Nobody from the document's examples: whoever complains about the same person takes part in the ticket.
  const birthDate = '1991-05-03';
  const nik = syntheticNik({ regency: '3319', birthDate, sex: 'F', serial: 51 });
  const complaint = someComplaint({ name: personal.name, nik, birthDate }, { note: personal.note });
  const { code } = (await desk.post('/v1/tickets', complaint)).body;
  await desk.post(`/v1/tickets/${code}/escalate`, { reason: personal.note });
  const escalations = await desk.get(`/v1/escalations?ticket=${code}`);
  const escalation = escalations.body.items[0]!.id;
  const handoff = await desk.post(`/v1/escalations/${escalation}/handoffs`, {
    contactId: contact.body.id,
    channel: 'phone',
  });
  const turns = { turn: 'daily', handoverAt: '07:30', startsOn: '2026-11-23', zone: 'Asia/Jakarta' };
  const rota = await admin.post('/v1/rotas', {
    office: '3319',
    name: 'Piket Kudus',
    plan: { ...turns, members: [officer.id] },
  });
  const asked = { who: { kind: 'rota', rota: rota.body.id }, through: ['email'] };
  await admin.send('PUT', '/v1/offices/3319/escalation-policy', {
    steps: [{ ...asked, waitSeconds: 300 }],
    final: asked,
    acknowledgeSeconds: 1800,
  });
  // An address that anybody might have; nothing is sent there without a worker.
  const webhook = await admin.post('/v1/webhooks', {
    url: 'https://1.1.1.1/hook',
    description: personal.note,
    types: ['ticket.overdue'],
  });
  const hour = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();
  const breach = await admin.post('/v1/breaches', {
    discoveredAt: hour(1),
    from: hour(5),
    to: hour(2),
    office: '3319',
    description: personal.note,
  });
  return {
    office: '3319',
    officer: officer.id,
    contact: contact.body.id,
    purpose: 'bank',
    ticket: code,
    nik,
    escalation,
    handoff: handoff.body.id,
    rota: rota.body.id,
    day: '2030-08-17',
    breach: breach.body.id,
    webhook: webhook.body.id,
  };
}
