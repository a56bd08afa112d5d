export { grantApplication } from './application-user';
export { BoundedCache } from './bounded-cache';
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
export { createDataSource, createSchema, type EntityClass } from './data-source';
export { DatabaseModule } from './database.module';
export { isConflict, isDatabaseAway, isDuplicate } from './failures';
export { GroupCommit } from './group-commit';
export { fromBinary, type Id, isId, newId, toBinary } from './ids';
export {
  cursorOf,
  type Page,
  pageOf,
  pageQuery,
  type PageQuery,
  timedCursor,
  type TimedKey,
  timedPageQuery,
} from './page';
export {
  indexedTables,
  isSameDigest,
  type ReindexCounts,
  type Reindexed,
  Reindexing,
  total,
} from './reindexing';
export { type ResealedColumn, Resealing, sealedPlaces } from './resealing';
export { type ColumnsOf, inPieces, insertRows, selectRows, updateRow } from './rows';
export { BlindIndex, type Place, Sealing, type Slots } from './sealing';
export { type Transaction, Transactions } from './transactions';
export { lastOf, type Page as WalkedPage, walk } from './walk';
