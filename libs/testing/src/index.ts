export { type RegistryMock, freePort, startRegistryMock } from './registry-mock';
export { spawnTied } from './spawn-tied';
export { type TestDatabase, type TestDatabaseOptions, testConfig, testDatabase } from './test-database';
