export { MovedClock } from './moved-clock';
export { officerAt } from './officer-at';
export { refusal, refused } from './refusal';
export { freePort, type RegistryMock, startRegistryMock } from './registry-mock';
export { spawnTied } from './spawn-tied';
export { testConfig, testDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database';
export { type CloudTrouble, startWhatsAppStandIn, type WhatsAppStandIn } from './whatsapp-cloud-stand-in';
