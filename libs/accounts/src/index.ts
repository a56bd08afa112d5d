export { accountEntities, AccountsModule } from './accounts.module';
export { Holidays, type HolidayView } from './administration/holidays';
export { OfficerAccess } from './administration/officer-access';
export { type NewPassword, OfficerImport } from './administration/officer-import';
export { Officers } from './administration/officers';
export { Offices } from './administration/offices';
export { secondFactorRequired } from './factors/factor-problems';
export { type NewFactor, OwnSecondFactor, type RecoveryCodes } from './factors/own-second-factor';
export { needsSecondFactor } from './factors/second-factor';
export { SecondFactors } from './factors/second-factors';
export { codeAt, otpauthUri } from './factors/totp';
export { Limit } from './limits/limit';
export { networkOf } from './limits/network';
export { RevealLimit } from './limits/reveal-limit';
export {
  factorConfirmation,
  type FactorConfirmation,
  passwordChange,
  type PasswordChange,
  personalTokenInput,
  type PersonalTokenInput,
  shownAgain,
  type ShownAgain,
} from './own-account/account-schemas';
export { countOfficersAt, officersToSuccessor } from './officers/closing-office';
export { OfficerNames } from './officers/officer-names';
export {
  enabledOfficers,
  enabledOfficersAt,
  type OfficerPost,
  officesOfOfficers,
} from './officers/officer-posts';
export { OfficerReach } from './officers/officer-reach';
export { OfficerRows, type OfficerView } from './officers/officer-rows';
export {
  accountChanges,
  type AccountChanges,
  email,
  officerChanges,
  type OfficerChanges,
  officerInput,
  type OfficerInput,
  officerLine,
  type OfficerLine,
  personName,
  phone,
} from './officers/officer-schemas';
export { type AccountView, OwnAccount } from './own-account/own-account';
export { generatePassword, Passwords } from './passwords/passwords';
export {
  type Actor,
  type OfficerActor,
  outsideActor,
  type OutsideActor,
  systemActor,
  type SystemActor,
} from './permissions/actor';
export { type ActorRights, may, type Permission, requirePermission } from './permissions/permissions';
export { type Role, roles } from './permissions/roles';
export { Credentials } from './sessions/credentials';
export { RightsChanges, type RightsTransaction } from './sessions/rights-changes';
export { Sessions, type SessionView } from './sessions/sessions';
export { refreshInput, type RefreshInput, signInInput, type SignInInput } from './sessions/sign-in-schemas';
export { SignIn, type Tokens } from './sessions/sign-in';
export { tokenScopes } from './tokens/personal-token';
export { PersonalTokens, type PersonalTokenView } from './tokens/personal-tokens';
export { SignedLinks } from './tokens/signed-links';
