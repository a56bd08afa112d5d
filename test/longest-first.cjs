// A part of Jest, found from where Jest is.
const { default: Sequencer } = require(
  require.resolve('@jest/test-sequencer', { paths: [require.resolve('jest')] }),
);

/**
 * Files that take long for other reasons than their size, by which Jest judges files that it has never run: they wait
 * for a server's patience, start many systems, or ask many times. Started last, one of them would run alone.
 */
const long = [
  'test/e2e/chaos.e2e-spec.ts',
  'test/e2e/escalation.e2e-spec.ts',
  'apps/api/src/auth/every-route.medium-spec.ts',
  'apps/api/src/attacks/slow-clients.medium-spec.ts',
  'apps/api/src/key-rotation.medium-spec.ts',
  'libs/identity/src/mask.spec.ts',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => long.some((name) => path.endsWith(name));
    return super.sort(tests).sort((one, other) => isLong(other) - isLong(one));
  }
};
