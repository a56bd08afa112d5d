import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));
const local = (name) => join(project, '.local', name);

/** Where things lie. All that the launcher makes is in `.local`, which is not under version control. */
export const places = {
  project,
  packages: local('packages'),
  data: local('data'),
  test: local('test'),
  logs: local('logs'),
  secrets: local('secrets.json'),
  demo: local('demo.json'),
  environment: local('demo.env'),
};
