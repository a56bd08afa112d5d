export { AccessModule, accessEntities } from './access.module';
export { Audit, type AuditRecord, authorOf, namesGiven } from './audit';
export { AuditCheck } from './audit-check';
export { type AuditDetail, AuditEntry } from './audit-entry';
export { AuditTrail } from './audit-trail';
export { BoundedCache } from './bounded-cache';
export { Limit } from './limit';
export {
  type FactorConfirmation,
  type PasswordChange,
  type PersonalTokenInput,
  type ShownAgain,
  factorConfirmation,
  passwordChange,
  personalTokenInput,
  shownAgain,
} from './account-schemas';
export { CaseTrail, type CaseTrailPage, type TrailCursor } from './case-trail';
export { Credentials } from './credentials';
export { secondFactorRequired } from './factor-problems';
export { networkOf } from './network';
export { Office, type OfficeLevel, officeLevels, zones } from './office';
export { OfficeDirectory } from './office-directory';
export { officeUnknown } from './office-rules';
export {
  type OfficeChanges,
  type OfficeInput,
  officeChanges,
  officeCode,
  officeInput,
} from './office-schemas';
export { OfficeTree } from './office-tree';
export { type Role, roles } from './officer';
export { OfficerAccess } from './officer-access';
export { type NewPassword, OfficerImport } from './officer-import';
export { OfficerNames } from './officer-names';
export { OfficerReach } from './officer-reach';
export { OfficerRows, type OfficerView } from './officer-rows';
export {
  type AccountChanges,
  type OfficerChanges,
  type OfficerInput,
  type OfficerLine,
  accountChanges,
  email,
  officerChanges,
  officerInput,
  officerLine,
  personName,
  phone,
} from './officer-schemas';
export { Officers } from './officers';
export { type OfficeView, Offices } from './offices';
export { OutOfScope } from './out-of-scope';
export { type Page, type PageQuery, pageOf, pageQuery } from './page';
export { type Asker, type Permission, may, requirePermission } from './permissions';
export { type AccountView, OwnAccount } from './own-account';
export { type NewFactor, OwnFactor, type RecoveryCodes } from './own-factor';
export { Passwords, generatePassword } from './passwords';
export { tokenScopes } from './personal-token';
export { type PersonalTokenView, PersonalTokens } from './personal-tokens';
export { type Actor, type Principal, requireAdmin } from './principal';
export { Principals } from './principals';
export { RevealLimit } from './reveal-limit';
export { Scope } from './scope';
export { needsSecondFactor } from './second-factor';
export { SecondFactors } from './second-factors';
export { type SessionView, Sessions } from './sessions';
export { SignIn, type Tokens } from './sign-in';
export { type RefreshInput, type SignInInput, refreshInput, signInInput } from './sign-in-schemas';
export { SignedLinks } from './signed-links';
export { fieldTold, told } from './told';
export { codeAt, otpauthUri } from './totp';
