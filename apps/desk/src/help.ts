import { roles } from '@sinkron/accounts';

const anyRole = roles.join('|');

/** What `help` prints. */
export const help = `Sinkron's commands: npm run desk -- COMMAND

  migrate                      make the database schema, or bring it up to date
  offices import FILE.csv      columns code,name,level,parent,zone; by code, all or nothing
                               (any separator and encoding that spreadsheets save)
  offices close --office CODE --successor CODE --note TEXT
                               it takes nothing new, and what it has goes to the successor, moved by the worker
  offices show CODE            whether it is open, or how much is left to be moved
  officers add --email ADDRESS --name NAME --role ${anyRole} --office CODE [--phone PHONE] [--zone ZONE] [--password-stdin]
                               prints a generated password once, unless one comes on standard input; for a
                               supervisor or an administrator also the secret for an authenticator app
  officers import FILE.csv     columns email,name,role,office,phone,zone; the last two may be left out; by address,
                               all or nothing; prints new passwords
  officers disable --email ADDRESS
  officers reset-totp --email ADDRESS
                               takes away a second factor when phone and recovery codes are lost
  contacts import FILE.csv     columns office,name,phone,email,role; by office and phone, all or nothing
  holidays import FILE.csv     columns office,day,name; by office and day, all or nothing; the days on which the office,
                               and every one below it, is closed
  audit verify [--expect NUMBER:HASH]
                               find what was altered in or removed from history, audit and checkpoints; NUMBER and
                               HASH of a line "checkpoint" in the worker's log show also an end that was cut off
  keys reseal                  bring everything sealed under the newest of DATA_KEYS, while the service runs
  keys reindex                 make every blind index anew under INDEX_KEYS, while the service runs; see docs/privacy.md
  demo --registry URL [--demo-file PATH]
                               synthetic offices, people and residents, for trying things out
  totp [admin|supervisor]      the demo's one-time code of this moment, from .local/demo.json; good once
  help

Examples of the files are in docs/examples. Configuration comes from the environment, see README.`;
