const { availableParallelism } = require('node:os');

// Three tiers by suffix: .spec.ts does no I/O, .medium-spec.ts talks to a real MariaDB and Redis,
// test/e2e drives the three built processes from outside.
const esmOnly = [
  '@nestjs',
  'uuid',
  'jose',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'load-esm',
  'content-disposition',
  'cookie',
];

// One more than there are cores: a test waits for a server a fifth of its time. An end-to-end file starts a handful of
// processes of its own, so of those only as many as there are cores, less one for the servers where there are more than
// two. More than eight would want more connections than the database server gives.
const isEndToEnd = process.argv.includes('e2e');
const cores = availableParallelism();
const maxWorkers = Math.min(8, isEndToEnd ? Math.max(2, cores - 1) : cores + 1);

const shared = {
  rootDir: __dirname,
  // With the project, and not in the folder for temporary files, which ends with a test run.
  cacheDirectory: '<rootDir>/.local/jest',
  testEnvironment: 'node',
  moduleNameMapper: { '^@sinkron/([^/]+)$': '<rootDir>/libs/$1/src' },
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.local/'],
};

module.exports = {
  // Real servers answer late on a busy machine; what hangs is cut off all the same.
  testTimeout: 30_000,
  maxWorkers,
  // What a file of tests has loaded is never let go of entirely: a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/longest-first.cjs',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,scripts,test}/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'medium',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.medium-spec.ts'],
      setupFiles: ['<rootDir>/libs/testing/src/every-commit-twice.ts'],
      setupFilesAfterEnv: ['<rootDir>/libs/testing/src/redis-of-one-worker.ts'],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
  ],
};
