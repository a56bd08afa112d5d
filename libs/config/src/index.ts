export {
  type Config,
  loadConfig,
  loadRegistryMockConfig,
  type MessagingConfig,
  type RegistryMockConfig,
  withDatabaseName,
} from './config';
export { type Durations, durationProfiles } from './durations';
export { environment } from './environment';
export { indexSlot, type Key } from './key-ring';
export { CONFIG, LOGGER } from './tokens';
export { ConfigModule } from './config.module';
