import { type DemoPerson, residentOf } from './demo-people';
import { Failure } from './failure';
import type { Config } from '@sinkron/config';

const chunk = 250;
const timeout = 10_000;

/** registry-mock, as the demo prepares it through its controls and asks it as any agency would. */
export class DemoCentre {
  constructor(
    private readonly url: string,
    private readonly registry: Config['registry'],
  ) {}

  /** A centre in good health that takes every push after 15 seconds, whatever was tried on it before. */
  async settle(): Promise<void> {
    await this.call('PUT', '/admin/faults', {});
    await this.call('PUT', '/admin/verification', {});
    await this.call('PUT', '/admin/lag', { kind: 'fixed', seconds: 15 });
    await this.call('PUT', '/admin/take-rate', { share: 1 });
  }

  /** Registers them all, the last one last: who is there when all are. */
  async register(people: readonly DemoPerson[], progress: (line: string) => void): Promise<void> {
    for (let start = 0; start < people.length; start += chunk) {
      const residents = people.slice(start, start + chunk).map(residentOf);
      await this.call('POST', '/admin/residents', { residents });
      progress(`${start + residents.length} of ${people.length} residents registered`);
    }
  }

  /** Whether the centre holds this person with the family card on paper; null when it does not know the person. */
  async isInStep({ nik, noKk }: DemoPerson): Promise<boolean | null> {
    const path = `/dukcapil/get_json/${encodeURIComponent(this.registry.lembagaId)}/CALL_VERIFY_BY_ELEMEN`;
    const { user, password } = this.registry;
    const answer = await this.call('POST', path, {
      USER_ID: user,
      PASSWORD: password,
      IP_USER: '127.0.0.1',
      NIK: nik,
      NO_KK: noKk,
    });
    const [content] = (answer as { content?: Record<string, string>[] }).content ?? [];
    if (content?.['RESPONSE_CODE'] === '13') return null;
    if (!content?.['NO_KK']) throw new Failure(['The registry gives no verdict; is it the mock?']);
    return content['NO_KK'] === 'Sesuai';
  }

  private async call(method: string, path: string, body: unknown): Promise<unknown> {
    try {
      const response = await fetch(new URL(path, this.url), {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      if (!response.ok)
        throw new Failure([`${method} ${path} at the registry was answered with ${response.status}`]);
      return await response.json();
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure([`The registry at ${this.url} does not answer`]);
    }
  }
}
