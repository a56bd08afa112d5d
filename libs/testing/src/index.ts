export { type TestDatabase, type TestDatabaseOptions, testConfig, testDatabase } from './test-database';
