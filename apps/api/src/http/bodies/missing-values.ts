import { z } from 'zod';

/**
 * Zod says of a choice that is missing what it says of a wrong one. A missing field is missing, whatever it would have
 * to be: this makes `fieldErrors` hear it.
 */
export function nameMissingValues(): void {
  z.config({
    customError: ({ code, input }) =>
      code === 'invalid_value' && input === undefined ? 'Invalid input: received undefined' : undefined,
  });
}
