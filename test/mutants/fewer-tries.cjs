// A property that needs a hundred tries to notice a mutant notices it by luck.
require('fast-check').configureGlobal({ numRuns: 20 });
