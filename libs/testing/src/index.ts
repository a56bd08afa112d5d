export { type RegistryMock, freePort, startRegistryMock } from './registry-mock';
export { type TestDatabase, type TestDatabaseOptions, testConfig, testDatabase } from './test-database';
