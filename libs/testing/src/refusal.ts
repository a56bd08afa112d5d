import { Problem } from '@sinkron/observability';

/** The problem with which this work was refused. @throws Error when it was done, or failed otherwise */
export async function refused(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => null,
    (problem: unknown) => problem,
  );
  if (!(error instanceof Problem)) throw new Error('was not refused', { cause: error });
  return error;
}

/** The kind of the problem, then `field:code` for each field. */
export async function refusal(work: Promise<unknown>): Promise<string[]> {
  const { kind, errors } = await refused(work);
  return [kind, ...errors.map(({ field, code }) => `${field}:${code}`)];
}
