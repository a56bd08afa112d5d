import type { Caller } from './caller';
import { type DeskUnderTest, signIn, startDesk } from './desk-under-test';
import { type Mail, startMailbox, startWebhook } from './receivers';
import { codeAt } from '@sinkron/accounts';
import { startWhatsAppStandIn, type WhatsAppStandIn } from '@sinkron/testing';

const cloud = {
  token: 'a token of the Cloud API',
  phoneNumberId: '100200300',
  appSecret: 'a secret of the app',
  verifyToken: 'a token to verify by',
  // Ours is 1 s here.
  pairSeconds: 0,
};

/** Every template that is sent in these tests, with the number of its placeholders. */
const approved: Record<string, number> = {
  sinkron_step: 6,
  sinkron_step_bundle: 4,
  sinkron_step_final: 6,
  sinkron_reply_taken: 2,
  sinkron_reply_nothing: 1,
};

/** Whom an escalation of Kudus reaches, one after the other. */
export const people = {
  first: { email: 'piket.kudus@dinas.example', phone: '+628100000201', role: 'officer' },
  second: { email: 'wakil.kudus@dinas.example', phone: null, role: 'officer' },
  head: { email: 'kepala.kudus@dinas.example', phone: null, role: 'supervisor' },
} as const;

/** A desk whose messages leave: to WhatsApp, a mail server and a webhook, all on loopback. */
export interface OnCallDesk extends DeskUnderTest {
  admin: Caller;
  whatsapp: WhatsAppStandIn;
  mails: Mail[];
  webhook: Awaited<ReturnType<typeof startWebhook>>;
}

const password = 'a password for those on call';

export async function startOnCallDesk(durations: Record<string, number> = {}): Promise<OnCallDesk> {
  const [whatsapp, mailbox, webhook] = await Promise.all([
    startWhatsAppStandIn(cloud),
    startMailbox(),
    startWebhook(),
  ]);
  const desk = await startDesk({
    durations,
    environment: {
      WHATSAPP_DRIVER: 'cloud',
      WHATSAPP_API_URL: whatsapp.url,
      WHATSAPP_PHONE_NUMBER_ID: cloud.phoneNumberId,
      WHATSAPP_TOKEN: cloud.token,
      WHATSAPP_APP_SECRET: cloud.appSecret,
      WHATSAPP_VERIFY_TOKEN: cloud.verifyToken,
      WHATSAPP_USER_SECONDS: '1',
      EMAIL_DRIVER: 'smtp',
      SMTP_URL: mailbox.url,
      MAIL_FROM: 'Sinkron <sinkron@dinas.example>',
      WEBHOOK_NETWORKS: '127.0.0.0/8',
    },
  });
  for (const [name, count] of Object.entries(approved)) whatsapp.approve(name, count);
  await whatsapp.register(`${desk.api.url}/v1/channels/whatsapp/webhook`);
  const admin = await install(desk);
  const made = await admin.post<{ secret: string }>('/v1/webhooks', {
    office: '3319',
    url: webhook.url,
    description: 'Ruang kendali',
    types: ['escalation.opened', 'escalation.notified', 'escalation.acknowledged', 'escalation.resolved'],
  });
  expect(made.status).toBe(201);
  webhook.trust(made.body.secret);
  return {
    ...desk,
    admin,
    whatsapp,
    mails: mailbox.mails,
    webhook,
    async stop() {
      await desk.stop();
      await Promise.all([whatsapp.stop(), mailbox.stop(), webhook.stop()]);
    },
  };
}

/** Those on call, their order, and somebody who may say so. */
async function install(desk: DeskUnderTest): Promise<Caller> {
  const add = (email: string, role: string, office: string, more = '') =>
    desk.command(
      `officers add --email ${email} --name Surya --role ${role} --office ${office} ${more} --password-stdin`.split(
        / +/,
      ),
      password,
    );
  for (const { email, phone, role } of Object.values(people))
    await add(email, role, '3319', phone ? `--phone ${phone}` : '');
  const told = await add('admin@dinas.example', 'admin', 'ID');
  const secret = /secret=([A-Z2-7]+)/.exec(told)?.[1] ?? '';
  const otp = codeAt(secret, new Date());
  const admin = await signIn(desk.stranger, { email: 'admin@dinas.example', password, otp });
  const { body } = await admin.get<{ items: { id: string; email: string }[] }>('/v1/officers');
  const idOf = (email: string) => body.items.find((one) => one.email === email)!.id;
  const step = (email: string, ...through: string[]) => ({
    who: { kind: 'officer', officer: idOf(email) },
    through,
    waitSeconds: 3,
  });
  const policy = {
    steps: [step(people.first.email, 'whatsapp', 'email'), step(people.second.email, 'email')],
    final: { who: { kind: 'officer', officer: idOf(people.head.email) }, through: ['email'] },
    acknowledgeSeconds: 60,
  };
  const put = await admin.send('PUT', '/v1/offices/3319/escalation-policy', JSON.stringify(policy));
  expect(put.status).toBe(200);
  return admin;
}
