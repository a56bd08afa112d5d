/**
 * The two users of the database: the owner, who migrates and grants, and the application, who can change no history.
 * On a database of the caller's own there are two if the caller names two.
 *
 * @param {NodeJS.ProcessEnv} given
 * @param {{ databaseUrl: string, isPrivate: boolean, databasePassword: string }} made `databaseUrl` of a private
 *   database is its owner's
 * @returns {{ databaseUrl: string, migrationUrl: string | undefined }}
 */
export function databaseUsers(given, { databaseUrl, isPrivate, databasePassword }) {
  if (!isPrivate) return { databaseUrl, migrationUrl: given.MIGRATION_DATABASE_URL };
  const application = Object.assign(new URL(databaseUrl), {
    username: 'sinkron',
    password: databasePassword,
  });
  return { databaseUrl: application.toString(), migrationUrl: databaseUrl };
}

/**
 * The environment of our processes: what the caller set stays, the rest is the demo's.
 *
 * @param {NodeJS.ProcessEnv} given
 * @param {object} made
 * @param {Record<string, string>} made.secrets
 * @param {Record<string, string>} made.ports
 * @param {string} made.databaseUrl
 * @param {string} [made.migrationUrl]
 * @param {string} made.redisUrl
 * @returns {{ ours: NodeJS.ProcessEnv, owner: NodeJS.ProcessEnv, mock: NodeJS.ProcessEnv }} `owner`: of whoever migrates
 *   the database; `mock`: the stand-in registry is another organisation's server, so it gets none of our keys and a
 *   schema of its own
 */
export function composeEnvironment(given, { secrets, ports, databaseUrl, migrationUrl, redisUrl }) {
  const unset = Object.entries({
    ...secrets,
    DURATIONS: 'demo',
    // The demo writes to nobody: its messages are lines in the worker's log; webhooks may go to this machine.
    WHATSAPP_DRIVER: 'log',
    EMAIL_DRIVER: 'log',
    WEBHOOK_NETWORKS: '127.0.0.0/8',
    PUBLIC_URL: `http://127.0.0.1:${ports.PORT}`,
  });
  const { MIGRATION_DATABASE_URL: _url, MIGRATION_DATABASE_URL_FILE: _file, ...rest } = given;
  const ours = {
    ...rest,
    ...Object.fromEntries(unset.filter(([name]) => !given[name] && !given[`${name}_FILE`])),
    ...ports,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    // The demo talks to its own registry, never to one that a shell happens to name.
    REGISTRY_URL: `http://127.0.0.1:${ports.REGISTRY_MOCK_PORT}`,
  };
  const withheld = [...Object.keys(secrets), 'REDIS_URL', 'DATABASE_URL'].flatMap((name) => [
    name,
    `${name}_FILE`,
  ]);
  const mock = {
    REGISTRY_MOCK_DATABASE_URL: Object.assign(new URL(migrationUrl ?? databaseUrl), {
      pathname: '/registry_mock',
    }).toString(),
    ...Object.fromEntries(Object.entries(ours).filter(([name]) => !withheld.includes(name))),
  };
  return { ours, owner: { ...ours, ...(migrationUrl && { MIGRATION_DATABASE_URL: migrationUrl }) }, mock };
}

/**
 * What the operator's commands need to speak to this demo, as a file of `NAME='value'` lines.
 *
 * @param {NodeJS.ProcessEnv} owner
 */
export function environmentFile(owner) {
  const names = [
    'DATABASE_URL',
    'MIGRATION_DATABASE_URL',
    'REDIS_URL',
    'DATA_KEYS',
    'INDEX_KEYS',
    'TOKEN_KEYS',
    'DURATIONS',
    'REGISTRY_URL',
    'REGISTRY_USER',
    'REGISTRY_PASSWORD',
  ];
  return names
    .filter((name) => owner[name])
    .map((name) => `${name}='${owner[name]}'\n`)
    .join('');
}
