/**
 * What a person sees when all is up: where to look, how to sign in, and two commands to paste.
 *
 * @param {object} what
 * @param {string} what.api base address
 * @param {string} what.worker base address of the worker's health
 * @param {string} what.registry base address of registry-mock
 * @param {string} what.durations name of the profile
 * @param {string} what.logs
 * @param {{ email: string, password: string }} what.officer
 * @param {{ email: string, password: string }} what.admin
 * @param {object} what.complaint the body of a complaint to try
 * @returns {string}
 */
export function panel({ api, worker, registry, durations, logs, officer, admin, complaint }) {
  const rows = [
    ['API', `${api}   (documentation: ${api}/docs)`],
    ['Cek status', `${api}/cek`],
    ['Health', `${api}/health/ready   worker: ${worker}/health/ready`],
    ['registry-mock', `${registry}   the stand-in for the central registry`],
    ['Officer', `${officer.email}   ${officer.password}`],
    ['Administrator', `${admin.email}   ${admin.password}   and the code that "npm run desk -- totp" prints`],
    ['Durations', durations === 'demo' ? 'demo durations: a day lasts 180 s' : `${durations} durations`],
    ['Logs', `${logs}/*.log`],
  ];
  return [
    '',
    'Sinkron is running. Ctrl-C stops it; npm run reset forgets its data.',
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
    '',
    'Sign in and log a complaint (paste it into another window):',
    '',
    signInAndComplain(api, officer, complaint),
    '',
    'Look at it again, in the same window, until its status is "resolved":',
    '',
    `curl -s '${api}/v1/tickets?limit=1' -H "Authorization: Bearer $TOKEN"`,
    '',
  ].join('\n');
}

function signInAndComplain(api, { email, password }, complaint) {
  const post = (path, body) => `curl -s ${api}${path} -H 'Content-Type: application/json' -d ${quoted(body)}`;
  const token = `TOKEN=$(${post('/v1/sessions', { email, password })} | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`;
  return `${token}; ${post('/v1/tickets', complaint)} -H "Authorization: Bearer $TOKEN"`;
}

/** JSON as one word of the shell. */
function quoted(body) {
  return `'${JSON.stringify(body).replaceAll("'", String.raw`'\''`)}'`;
}
