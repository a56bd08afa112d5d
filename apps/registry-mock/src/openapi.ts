import 'reflect-metadata';
import { describeApi } from './app';

/** Prints the OpenAPI document; `openapi/registry.json` is a committed copy, and the check compares the two. */
async function main(): Promise<void> {
  process.stdout.write(`${JSON.stringify(await describeApi(), null, 2)}\n`);
}

void main();
