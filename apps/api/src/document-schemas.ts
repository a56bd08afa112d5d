import { z } from 'zod';

type Io = 'input' | 'output';

/** A Zod schema as the document shows it to a reader: what Zod adds for machines' sake is left out. */
export function documentSchema(schema: unknown, { schemaType }: { schemaType: Io }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $defs,
    $schema: _dialect,
    ...shown
  } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: schemaType,
    override: ({ jsonSchema }) => forReaders(jsonSchema, schemaType),
  });
  return { schema: shown, components: $defs as Record<string, object> | undefined };
}

function forReaders(shown: z.core.JSONSchema.BaseSchema, io: Io): void {
  // A format says it better than a pattern of two hundred characters.
  if (shown.format) delete shown.pattern;
  if (shown.minimum === Number.MIN_SAFE_INTEGER) delete shown.minimum;
  if (shown.maximum === Number.MAX_SAFE_INTEGER) delete shown.maximum;
  // An unknown field of a body is refused; an answer may gain fields.
  if (io === 'output') delete shown.additionalProperties;
}
