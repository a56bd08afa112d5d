export {
  type Config,
  type Key,
  type RegistryMockConfig,
  loadConfig,
  loadRegistryMockConfig,
  withDatabaseName,
} from './config';
export { type Durations } from './durations';
export { environment } from './environment';
