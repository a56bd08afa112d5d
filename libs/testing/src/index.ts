export { type TestDatabase, testConfig, testDatabase } from './test-database';
