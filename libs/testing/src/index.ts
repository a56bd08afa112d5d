export { type RegistryMock, answers, freePort, startRegistryMock } from './registry-mock';
export { type TestDatabase, type TestDatabaseOptions, testConfig, testDatabase } from './test-database';
