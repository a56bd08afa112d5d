import { withCorrelation } from './correlation';
import { createLogger } from './logger';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('test', 'info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

it('masks identity numbers and phones wherever they are in a line', () => {
  const text = logged((logger) =>
    logger.info({ nested: { nik: '3319991212900001' }, grouped: '3319 9912 1290 0001' }, 'to +628100000001'),
  );
  expect(text).not.toMatch(/3319|628100000001/);
  expect(() => JSON.parse(text)).not.toThrow();
});

it('keeps our own ids, by which a line is followed, however many digits they have', () => {
  const id = '01934567-8901-7234-8567-890123456789';
  expect(logged((logger) => logger.info({ delivery: id }, 'sent'))).toContain(id);
  expect(
    logged((logger) => logger.info({ other: '01934567-8901-4234-8567-890123456789' }, 'sent')),
  ).not.toContain('8901');
});

it('keeps the SQL and the parameters of a database error out', () => {
  const error = Object.assign(new Error('lock wait'), {
    sql: 'select rahasia',
    parameters: ['rahasia'],
    errno: 1205,
  });
  const text = logged((logger) => logger.error({ err: error }, 'failed'));
  expect(text).not.toContain('rahasia');
  expect(text).toContain('1205');
});

it('carries the correlation id of the request or job', () => {
  expect(withCorrelation('abc-12345', () => logged((logger) => logger.info('here')))).toContain(
    '"correlationId":"abc-12345"',
  );
});

it('keeps one event on one line, whatever it holds', () => {
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { write: (line) => lines.push(line) });
  const forged = 'x\r\n{"level":30,"msg":"signed in"}\u2028\u001b[2K\u0000';
  logger.info({ note: forged, err: new Error(forged) }, forged);
  expect(lines).toHaveLength(1);
  const signs = ['\r', '\n', '\u0000', '\u001b'];
  for (const sign of signs) expect(lines[0]?.trimEnd()).not.toContain(sign);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: forged, note: forged });
});
