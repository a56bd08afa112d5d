// Only the unit tests beside the file that is mutated now: a rule must be held where it is written, and whatever else
// comes to use it would be run again for each of its mutants.
const { projects } = require('../../jest.config.js');

const unit = projects.find((project) => project.displayName === 'unit');
module.exports = {
  ...unit,
  setupFiles: ['<rootDir>/test/mutants/fewer-tries.cjs'],
  testMatch: [`<rootDir>/${process.env.MUTATED_FILE.replace(/\.ts$/, '{,.*}.spec.ts')}`],
};
