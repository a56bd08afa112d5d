export {
  type Config,
  type MessagingConfig,
  type RegistryMockConfig,
  loadConfig,
  loadRegistryMockConfig,
  withDatabaseName,
} from './config';
export { type Durations } from './durations';
export { environment } from './environment';
export { type Key, indexSlot } from './key-ring';
