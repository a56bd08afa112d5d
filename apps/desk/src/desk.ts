import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { Failure } from './failure';
import {
  accountEntities,
  systemActor,
  type SystemActor,
  Credentials,
  Holidays,
  OfficerAccess,
  OfficerImport,
  OfficerRows,
  Officers,
  Offices,
  Passwords,
  RightsChanges,
  SecondFactors,
} from '@sinkron/accounts';
import { Audit } from '@sinkron/audit';
import { OfficeClosures } from '@sinkron/closures';
import type { Config } from '@sinkron/config';
import { BlindIndex, createDataSource, Sealing, Transactions } from '@sinkron/database';
import { Contacts, escalationEntities } from '@sinkron/escalation';
import { messagingEntities } from '@sinkron/messaging';
import { OfficeDirectory } from '@sinkron/offices';
import { WorkTable, workEntities } from '@sinkron/queue';

/** What the commands work with: the services of the API, over a database connection of their own. */
export interface Desk {
  offices: Offices;
  closures: OfficeClosures;
  officers: Officers;
  officerImport: OfficerImport;
  officerAccess: OfficerAccess;
  contacts: Contacts;
  holidays: Holidays;
  credentials: Credentials;
  /** The operator of this machine, who administers everything. @throws Failure before there is a nation node */
  operator(): Promise<SystemActor>;
  close(): Promise<void>;
}

/** Opens the desk; without Redis, which no command needs. @throws Error when the database does not answer */
export async function openDesk(config: Config): Promise<Desk> {
  const entities = [
    ...officeEntities,
    ...auditEntities,
    ...accountEntities,
    ...workEntities,
    ...escalationEntities,
    ...eventEntities,
    ...messagingEntities,
    ...webhookEntities,
  ];
  const dataSource = await createDataSource({ url: config.databaseUrl, entities, poolSize: 2 });
  await dataSource.initialize();
  const transactions = new Transactions(dataSource);
  const sealing = new Sealing(config.dataKeys);
  const index = new BlindIndex(config.indexKeys);
  const directory = new OfficeDirectory(transactions);
  const audit = new Audit(transactions, 'desk');
  const passwords = new Passwords();
  const officerRows = new OfficerRows(sealing, index);
  const rights = new RightsChanges(transactions);
  return {
    offices: new Offices(transactions, directory, audit),
    closures: new OfficeClosures(
      transactions,
      directory,
      new WorkTable(transactions, config),
      sealing,
      audit,
    ),
    officers: new Officers(transactions, directory, officerRows, passwords, rights, audit),
    officerImport: new OfficerImport(transactions, directory, officerRows, passwords, rights, audit),
    officerAccess: new OfficerAccess(officerRows, new SecondFactors(sealing), rights, audit),
    contacts: new Contacts(transactions, directory, audit, sealing, index),
    holidays: new Holidays(transactions, directory, audit),
    credentials: new Credentials(transactions, index, passwords),
    operator: async () => operatorOf(directory),
    close: () => dataSource.destroy(),
  };
}

async function operatorOf(directory: OfficeDirectory): Promise<SystemActor> {
  const operator = systemActor(await directory.tree());
  if (!operator) throw new Failure(['There is no office of level nation yet: run `offices import` first']);
  return operator;
}
