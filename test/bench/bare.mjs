import Fastify from 'fastify';
import mysql from 'mysql2/promise';

// The least that keeps a complaint: Fastify, and one INSERT per request. No sign-in, no check, no queue.

const pool = mysql.createPool({ uri: process.env.DATABASE_URL, connectionLimit: 10 });
await pool.query(`create table if not exists complaint (
  id bigint unsigned not null auto_increment primary key,
  service varchar(32) not null,
  purpose varchar(32) not null,
  cause varchar(32) not null,
  channel varchar(16) not null,
  name varchar(100) not null,
  nik char(16) not null,
  kk char(16) not null,
  birth_date date not null,
  birth_place varchar(100) null,
  sex char(1) null,
  phone varchar(20) null,
  symptom varchar(500) null,
  received_at datetime(3) not null default utc_timestamp(3))`);

const insert = `insert into complaint
  (service, purpose, cause, channel, name, nik, kk, birth_date, birth_place, sex, phone, symptom)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const app = Fastify();
app.get('/health', () => ({ status: 'ok' }));
app.post('/v1/tickets', async ({ body }, reply) => {
  const { service, purpose, cause, channel, applicant, symptom } = body;
  const { name, nik, kk, birthDate, birthPlace, sex, phone } = applicant;
  const [{ insertId }] = await pool.execute(insert, [
    service,
    purpose,
    cause,
    channel,
    name,
    nik,
    kk,
    birthDate,
    birthPlace,
    sex,
    phone,
    symptom,
  ]);
  return reply.code(201).send({ id: insertId });
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
