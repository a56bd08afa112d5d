import { eventsDocument } from './events/async-document';

// A pipe takes the document in pieces: exit only when the last one is gone.
process.stdout.write(`${JSON.stringify(eventsDocument(), null, 2)}\n`, () => process.exit(0));
