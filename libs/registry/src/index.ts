export { CentreFailure, type CentreFault } from './centre-failure';
export type { Refusal } from './codes';
export { type HeldBack, NotAsked } from './not-asked';
export {
  type AskedField,
  type AskedValues,
  type PushedValues,
  type PushProgress,
  type VerificationAnswer,
  RegistryClient,
} from './registry-client';
export { RegistryModule } from './registry.module';
