export { grantApplication } from './application-user';
export {
  CodeColumn,
  CountColumn,
  DigestColumn,
  FlagColumn,
  HashColumn,
  IdColumn,
  JsonColumn,
  NameColumn,
  PrimaryCode,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from './columns';
export { type EntityClass, createDataSource, createSchema } from './data-source';
export { DatabaseModule } from './database.module';
export { isConflict, isDatabaseAway, isDuplicate } from './failures';
export { GroupCommit } from './group-commit';
export { type Id, fromBinary, isId, newId, toBinary } from './ids';
export {
  Reindexing,
  type ReindexCounts,
  type Reindexed,
  indexedTables,
  isSameDigest,
  total,
} from './reindexing';
export { Resealing, type ResealedColumn, sealedPlaces } from './resealing';
export { insertRows, selectRows, updateRow } from './rows';
export { BlindIndex, type Place, Sealing, type Slots } from './sealing';
export { type Transaction, Transactions } from './transactions';
export { type Page as WalkedPage, lastOf, walk } from './walk';
