export {
  type Config,
  type Key,
  type RegistryMockConfig,
  loadConfig,
  loadRegistryMockConfig,
  withDatabaseName,
} from './config';
export { type Durations, durationProfiles } from './durations';
export { environment } from './environment';
