import { withCorrelation } from './correlation';
import { createLogger } from './logger';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('test', 'info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

it('masks identity numbers and phones wherever they stand in a line', () => {
  const text = logged((logger) =>
    logger.info({ nested: { nik: '3319991212900001' }, grouped: '3319 9912 1290 0001' }, 'to +628100000001'),
  );
  expect(text).not.toMatch(/3319|628100000001/);
  expect(() => JSON.parse(text)).not.toThrow();
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
