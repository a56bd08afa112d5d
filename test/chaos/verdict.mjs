import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

/** A ticket that is neither closed nor known to a person. */
const ownerless = `open_marker = 1 and state not in ('in_review', 'suspended') and not exists (
  select 1 from escalation where escalation.ticket_id = ticket.id and escalation.open_marker = 1)`;

/** A message that is to leave within this run. */
const unsent = `template in ('notice_received', 'notice_resolved') and state in ('waiting', 'sending')`;

/**
 * Waits until nothing moves any more.
 * @returns {Promise<number>} how many seconds that took
 */
export async function quiet({ databaseUrl, seconds, signal }) {
  const begun = performance.now();
  const elapsed = () => (performance.now() - begun) / 1000;
  while (elapsed() < seconds) {
    const open = await count(databaseUrl, `select count(*) as n from ticket where open_marker = 1`);
    if (open === 0 && (await count(databaseUrl, `select count(*) as n from delivery where ${unsent}`)) === 0)
      break;
    await sleep(500, undefined, { signal });
  }
  return elapsed();
}

/**
 * What was lost, done twice or left alone, from the tables, the centre's own ledger and the history's chains.
 * @param {{ product: object, answered: Map<string, object>, people: object[] }} run
 * @returns {Promise<{ name: string, found: number }[]>} all of them 0 if the promises hold
 */
export async function verdict({ product, answered, people }) {
  const { databaseUrl } = product;
  const codes = new Set((await rows(databaseUrl, 'select code from ticket')).map(({ code }) => code));
  const entries = await ledger(product.centre);
  const keys = entries.map(({ idempotencyKey }) => idempotencyKey);
  const pushes = await rows(
    databaseUrl,
    `select lower(insert(insert(insert(insert(hex(id), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-')) as id,
            ticket_id from push`,
  );
  const known = new Set(pushes.map(({ id }) => id));
  return [
    { name: 'complaints that were never answered', found: people.length - new Set(answered.values()).size },
    {
      name: 'answered codes that are lost',
      found: [...answered.keys()].filter((code) => !codes.has(code)).length,
    },
    { name: 'tickets made twice for one person', found: codes.size - people.length },
    {
      name: 'tickets without an end or an owner',
      found: await count(databaseUrl, `select count(*) as n from ticket where ${ownerless}`),
    },
    { name: 'consolidations applied twice', found: keys.length - new Set(keys).size },
    {
      name: 'tickets pushed again without need',
      found: entries.length - new Set(entries.map(({ nik }) => nik)).size,
    },
    {
      name: "pushes in the centre's ledger that we do not know",
      found: keys.filter((key) => !known.has(key)).length,
    },
    {
      name: 'escalations opened twice for one reason',
      found: await count(
        databaseUrl,
        `select count(*) as n from (select 1 from escalation where ticket_id is not null
         group by ticket_id, reason having count(*) > 1) as twice`,
      ),
    },
    ...(await messagesOf(product, answered)),
    { name: 'histories, audits and checkpoints that are not whole', found: await brokenChains(product) },
  ];
}

/** What WhatsApp took, by number and template, against what should have left. */
async function messagesOf({ databaseUrl, messages }, answered) {
  const names = messages.map(({ to, template }) => `${to} ${template}`);
  const sent = new Set(names);
  const resolved = new Set(
    (await rows(databaseUrl, `select code from ticket where state = 'resolved'`)).map(({ code }) => code),
  );
  const wanted = [...answered].flatMap(([code, { phone }]) => [
    `${phone} sinkron_received`,
    ...(resolved.has(code) ? [`${phone} sinkron_resolved`] : []),
  ]);
  return [
    { name: 'messages sent twice', found: names.length - sent.size },
    { name: 'messages never sent', found: wanted.filter((name) => !sent.has(name)).length },
  ];
}

/** Everything about some tickets that went wrong, for whoever looks for the fault. */
export async function stories({ databaseUrl }) {
  const odd = await rows(
    databaseUrl,
    `select code, state, status, reason, pushes, push, id from ticket
     where open_marker = 1 or id in (select ticket_id from push group by ticket_id having count(*) > 1) limit 8`,
  );
  return Promise.all(
    odd.map(async ({ id, ...ticket }) => ({
      ...ticket,
      history: await rowsOf(
        databaseUrl,
        'select seq, at, kind, data from history where ticket_id = ? order by seq',
        id,
      ),
      work: await rowsOf(
        databaseUrl,
        'select kind, due_at, lane, attempts, reason from work where subject_id = ?',
        id,
      ),
      pushRows: await rowsOf(
        databaseUrl,
        'select push_no, reason, composed_at, accepted_at, applied_at from push where ticket_id = ?',
        id,
      ),
    })),
  );
}

async function ledger(centre) {
  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const response = await fetch(
      `${centre}/admin/ledger?limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const { items, nextCursor } = await response.json();
    all.push(...items);
    cursor = nextCursor;
  }
  return all;
}

/** The operator's own command; it names each broken ticket, chain and checkpoint on a line. */
async function brokenChains({ desk }) {
  try {
    await desk('audit', 'verify');
    return 0;
  } catch (error) {
    const lines = String(error.message).split('\n').slice(2);
    if (lines.length === 0) throw error;
    console.error(error.message);
    return lines.length;
  }
}

async function count(databaseUrl, sql) {
  const [{ n }] = await rows(databaseUrl, sql);
  return Number(n);
}

async function rowsOf(databaseUrl, sql, id) {
  return (await rows(databaseUrl, sql, [id])).map((row) => JSON.stringify(row));
}

async function rows(databaseUrl, sql, parameters = []) {
  const connection = await mysql.createConnection(databaseUrl);
  try {
    return (await connection.query(sql, parameters))[0];
  } finally {
    await connection.end();
  }
}
