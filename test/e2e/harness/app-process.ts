import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually';
import { spawnTied } from '@sinkron/testing';

export const project = join(__dirname, '../../..');

export type AppName = 'api' | 'worker' | 'registry-mock' | 'desk';

/** The build's own file: what is tested here is what is shipped. */
export function mainOf(app: AppName): string {
  return join(project, 'dist/apps', app, 'src/main.js');
}

/** One of the three processes of the product, as a stranger sees it: an address, an output and signals. */
export class AppProcess {
  private child: ChildProcess | undefined;
  /** Everything it wrote since the test began, over all its starts. */
  output = '';

  constructor(
    private readonly app: AppName,
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Starts it and waits until it answers. @throws Error with its last words */
  async start(): Promise<void> {
    const child = spawnTied([process.execPath, mainOf(this.app)], { env: this.env });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.output += chunk;
      });
    }
    await eventually(async () => {
      if (child.exitCode !== null) return;
      await fetch(`${this.url}/health/live`);
    }, 30);
    if (child.exitCode !== null) throw new Error(`${this.app} did not start: ${this.output.slice(-2000)}`);
  }

  /** `kill -9`: it gets no chance to finish anything. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** It neither reads nor writes from now on; its connections stay open. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  /** TERM, as an operator or a container's engine stops it. @returns how long it took, and its exit code */
  async stop(): Promise<{ seconds: number; code: number | null }> {
    const begun = performance.now();
    const code = await this.end('SIGTERM');
    return { seconds: (performance.now() - begun) / 1000, code };
  }

  /** What Prometheus would read from it. */
  async metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const hung = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(hung);
    return child.exitCode;
  }
}

/** Runs a command of the desk to its end. @returns its standard output @throws Error with what it complained of */
export async function runDesk(env: NodeJS.ProcessEnv, words: string[], input = ''): Promise<string> {
  const child = spawnTied([process.execPath, mainOf('desk'), ...words], { env });
  child.stdin?.end(input);
  const [output, complaint] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`desk ${words.join(' ')}: ${complaint}`);
  return output;
}
