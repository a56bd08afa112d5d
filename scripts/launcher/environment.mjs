/**
 * The environment of our processes: what the caller set stays, the rest is the demo's.
 *
 * @param {NodeJS.ProcessEnv} given
 * @param {{ secrets: Record<string, string>, ports: Record<string, string>, databaseUrl: string, redisUrl: string }} made
 * @returns {{ ours: NodeJS.ProcessEnv, mock: NodeJS.ProcessEnv }} `mock`: the stand-in registry is another
 *   organisation's server, so it gets none of our keys
 */
export function composeEnvironment(given, { secrets, ports, databaseUrl, redisUrl }) {
  const unset = Object.entries({
    ...secrets,
    DURATIONS: 'demo',
    PUBLIC_URL: `http://127.0.0.1:${ports.PORT}`,
  });
  const ours = {
    ...given,
    ...Object.fromEntries(unset.filter(([name]) => !given[name] && !given[`${name}_FILE`])),
    ...ports,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    // The demo talks to its own registry, never to one that a shell happens to name.
    REGISTRY_URL: `http://127.0.0.1:${ports.REGISTRY_MOCK_PORT}`,
  };
  const withheld = [...Object.keys(secrets), 'REDIS_URL'].flatMap((name) => [name, `${name}_FILE`]);
  const mock = Object.fromEntries(Object.entries(ours).filter(([name]) => !withheld.includes(name)));
  return { ours, mock };
}

/**
 * What the operator's commands need to speak to this demo, as a file of `NAME='value'` lines.
 *
 * @param {NodeJS.ProcessEnv} ours
 */
export function environmentFile(ours) {
  const names = [
    'DATABASE_URL',
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
    .filter((name) => ours[name])
    .map((name) => `${name}='${ours[name]}'\n`)
    .join('');
}
