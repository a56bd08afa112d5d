import { audit } from './audit';
import { breach } from './breach';
import { centre } from './centre';
import { centreHealth } from './centre-health';
import { foundation } from './foundation';
import { keysAndRetention } from './keys-and-retention';
import { ladder } from './ladder';
import { lag } from './lag';
import { messaging } from './messaging';
import { signIn } from './sign-in';
import { waiting } from './waiting';

/** In the order in which they run; a released migration is never edited, a new one is added below. */
export const migrations = [
  ...foundation,
  ...signIn,
  ...audit,
  ...centre,
  ...lag,
  ...waiting,
  ...keysAndRetention,
  ...centreHealth,
  ...breach,
  ...messaging,
  ...ladder,
];
