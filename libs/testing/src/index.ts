export { type RegistryMock, freePort, startRegistryMock } from './registry-mock';
export { spawnTied } from './spawn-tied';
export { type TestDatabase, type TestDatabaseOptions, testConfig, testDatabase } from './test-database';
export { type CloudTrouble, type WhatsAppStandIn, startWhatsAppStandIn } from './whatsapp-cloud-stand-in';
