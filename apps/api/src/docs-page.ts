import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { apiDocument } from './document';
import { Constant } from './http/constants/constant';
import { sendConstant } from './http/constants/send-constant';

const html = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

/** The files of Swagger UI that the page loads, and no others: an address is not a path on the disk. */
const assets: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': script,
  'swagger-ui-standalone-preset.js': script,
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
};

/** Finds the document beside the folder of the page, also behind a proxy that puts a path before both. */
const start = `SwaggerUIBundle({
  url: new URL('../openapi.json', document.currentScript.src).href,
  dom_id: '#swagger-ui',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
});
`;

/** `GET /openapi.json`, and `GET /docs` to read it and try it out. */
export function serveDocument(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  const serve = (url: string, constant: Constant) =>
    server.get(url, { config: { constant: true } }, (request, reply) =>
      sendConstant(request, reply, constant),
    );
  serve(
    '/openapi.json',
    new Constant('application/json; charset=utf-8', () => JSON.stringify(apiDocument(app))),
  );
  serve('/docs', new Constant(html, () => docsPage('./docs/')));
  serve('/docs/', new Constant(html, () => docsPage('./')));
  serve('/docs/swagger-ui-init.js', new Constant(script, () => start));
  const folder = dirname(createRequire(__filename).resolve('swagger-ui-dist/package.json'));
  for (const [name, type] of Object.entries(assets)) {
    serve(`/docs/${name}`, new Constant(type, () => readFile(join(folder, name))));
  }
}

/** @param base where the page's own folder is, from the address of the page */
function docsPage(base: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sinkron API</title>
<link rel="stylesheet" href="${base}swagger-ui.css">
<link rel="icon" type="image/png" href="${base}favicon-32x32.png" sizes="32x32">
<link rel="icon" type="image/png" href="${base}favicon-16x16.png" sizes="16x16">
<style>body{margin:0;background:#fafafa}</style>
</head>
<body>
<div id="swagger-ui"></div>
<script src="${base}swagger-ui-bundle.js"></script>
<script src="${base}swagger-ui-standalone-preset.js"></script>
<script src="${base}swagger-ui-init.js"></script>
</body>
</html>
`;
}
