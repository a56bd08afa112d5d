import { z } from 'zod';

/**
 * Zod says of a choice that is missing what it says of a wrong one. This makes a
 * missing field look the same to `fieldErrors`, whatever its type.
 */
export function nameMissingValues(): void {
  z.config({
    customError: ({ code, input }) =>
      code === 'invalid_value' && input === undefined ? 'Invalid input: received undefined' : undefined,
  });
}
