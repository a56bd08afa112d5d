// Who may import whom (docs/architecture.md). Each rule says why; `npm run architecture` checks them.

/** The libs from the bottom; each may use those before it, and nothing that comes after (docs/architecture.md). */
const fromTheBottom = [
  'config',
  'identity',
  'observability',
  'database',
  'queue',
  'offices',
  'audit',
  'accounts',
  'health',
  'events',
  'messaging',
  'webhooks',
  'registry',
  'lag',
  'escalation',
  'tickets',
  'resync',
  'lines',
  'closures',
  'privacy',
];

/** Rules that need no database, no clock and no configuration use no other lib at all. */
const alone = ['config', 'identity', 'observability'];

/** Rules that people must be able to read and try alone: they import no framework. */
const pure = [
  '^libs/identity/',
  '^libs/tickets/src/model/(lifecycle|code|vocabulary|reasons|pauses|deadlines|waiting)\\.ts$',
  '^libs/escalation/.*/(urgency|composer|policy|rota)\\.ts$',
  '^libs/registry/src/(bucket|codes)\\.ts$',
  '^libs/lag/src/(survival|curve|prediction|reading-plan)\\.ts$',
  '^libs/resync/src/push/push-state\\.ts$',
  '^libs/resync/src/verification/next-reading\\.ts$',
  '^libs/resync/src/centre/(delay|service-hours)\\.ts$',
  '^libs/resync/src/lag/calibration\\.ts$',
];

/** Tests, and what a lib's own tests share. */
const specs = '(\\.(spec|medium-spec|e2e-spec)\\.ts$|^libs/[^/]+/src/testing/)';

const layers = fromTheBottom.map((lib, place) => ({
  name: `layers-${lib}`,
  comment: `Imports run one way; ${lib} may use the libs before it in this list.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: specs },
  to: {
    path: '^libs/',
    pathNot: `^libs/(${(alone.includes(lib) ? [lib] : fromTheBottom.slice(0, place + 1)).join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'no-cycles',
      comment: 'A cycle means that a lower module is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-deep-imports',
      comment: "A lib is used through its index.ts; what is not there is the lib's own business.",
      severity: 'error',
      from: { path: '^(?:libs|apps|test)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'apps-stand-alone',
      comment: 'Apps are processes; what two of them need is a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-know-no-app',
      comment: 'Imports run from the doors to the libs.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'the-centre-is-another-organisation',
      comment:
        'registry-mock shares nothing with us but openapi/registry.json; it only reads its environment as we do.',
      severity: 'error',
      from: { path: '^apps/registry-mock/' },
      to: { path: '^libs/', pathNot: '^libs/(config|testing)/' },
    },
    {
      name: 'processors-only-in-the-worker',
      comment: 'A consumer in a module that the API imports would run inside the API.',
      severity: 'error',
      from: { pathNot: '^(apps/worker|test/bench/obvious)/' },
      to: { path: '@nestjs/bullmq' },
    },
    {
      name: 'pure',
      comment: 'A rule that imports a framework can no longer be read and tried alone.',
      severity: 'error',
      from: {
        path: pure,
        pathNot: specs,
      },
      to: { path: '(@nestjs|typeorm|bullmq|ioredis|mysql2|fastify)' },
    },
    {
      name: 'testing-only-in-tests',
      comment: 'libs/testing starts servers and moves clocks; nothing that ships may need it.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: [specs, '^libs/testing/', '/testing/'] },
      to: { path: '^libs/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
