export { CentreFailure, type CentreFault } from './centre-failure';
export type { Refusal } from './codes';
export { type HeldBack, NotAsked } from './not-asked';
export {
  type AskedField,
  type AskedValues,
  type PushState,
  type Reading,
  RegistryClient,
} from './registry-client';
export { RegistryModule } from './registry.module';
