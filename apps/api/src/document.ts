import { STATUS_CODES } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentSchema } from './document-schemas';

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'errors', 'correlationId'],
  properties: {
    type: { type: 'string', example: 'urn:sinkron:problem:invalid' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string', example: 'applicant.nik' },
          code: { type: 'string', example: 'required' },
          message: { type: 'string' },
        },
      },
    },
    correlationId: { type: 'string', description: 'What to name when asking for help' },
  },
};

const problemAnswer = { $ref: '#/components/responses/Problem' };

const title = new DocumentBuilder()
  .setTitle('Sinkron')
  .setDescription(
    'Help desk for NIK/KK mismatches: officers log complaints, and a complaint is closed when a fresh reading of the ' +
      'central registry agrees with the papers. Sign in by `POST /v1/sessions` and send the access token as a bearer ' +
      'token. Every refusal is a problem document (RFC 9457), in Indonesian or, by `Accept-Language`, in English; ' +
      'every answer carries `X-Correlation-Id`.',
  )
  .setVersion('1')
  .addServer('/')
  .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'officer')
  .addSecurityRequirements('officer')
  .addTag('Sessions', 'Sign in, stay signed in, sign out')
  .addTag('Account', 'Your password, second factor and personal access tokens')
  .addTag('Cases', 'Complaints, the tickets that they create, and the moves of officers')
  .addTag('Escalations', 'What a person must take on, and the hand-offs to the centre')
  .addTag('On call', 'Who is asked about an escalation, when, and by what: policies, rotas, holidays')
  .addTag('Status', 'For applicants, without signing in')
  .addTag('Channels', 'Where messages come in: webhooks of providers')
  .addTag('Events', 'What happens, for other programs: webhooks and a live stream')
  .addTag('Administration', 'Offices, officers and contacts, for administrators')
  .addTag('Audit', 'Who looked at or did what')
  .addTag('Operations', 'Health and metrics')
  .build();

/** The OpenAPI document of the whole API, from its routes and schemas. */
export function apiDocument(app: INestApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, title, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
    standardSchemaConverter: documentSchema,
  });
  return withProblems(document);
}

/** Adds the problem document as the answer of every refusal, once for all operations. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.post, path.patch, path.put, path.delete]) {
      if (!operation) continue;
      for (const [status, answer] of Object.entries(operation.responses)) {
        if (answer && 'description' in answer) answer.description ||= STATUS_CODES[status] ?? status;
      }
      operation.responses['4XX'] = operation.responses['5XX'] = problemAnswer;
    }
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return {
    ...document,
    components: {
      ...document.components,
      responses: { Problem: { description: 'Why it was refused, and how to correct it', content } },
      schemas: { ...document.components?.schemas, Problem: problem },
    },
  };
}
