import { Inject, Module, type OnModuleDestroy } from '@nestjs/common';
import { Transactions } from '@sinkron/database';
import { LOGGER } from '@sinkron/queue';
import type { Logger } from 'pino';
import { AccessTokens } from './access-tokens';
import { Audit } from './audit';
import { AuditChain } from './audit-chain';
import { AuditEntry } from './audit-entry';
import { AuditTrail } from './audit-trail';
import { CaseTrail } from './case-trail';
import { Confirmation } from './confirmation';
import { Credentials } from './credentials';
import { Office } from './office';
import { OfficeDirectory } from './office-directory';
import { Officer } from './officer';
import { OfficerAccess } from './officer-access';
import { OfficerImport } from './officer-import';
import { OfficerNames } from './officer-names';
import { OfficerReach } from './officer-reach';
import { OfficerRows } from './officer-rows';
import { Officers } from './officers';
import { Offices } from './offices';
import { OwnAccount } from './own-account';
import { OwnFactor } from './own-factor';
import { Passwords } from './passwords';
import { PersonalToken } from './personal-token';
import { PersonalTokens } from './personal-tokens';
import { Principals } from './principals';
import { RecoveryCode, SecondFactor } from './second-factor';
import { SecondFactors } from './second-factors';
import { RevealLimit } from './reveal-limit';
import { Session } from './session';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';
import { SignInLimit } from './sign-in-limit';
import { SignedLinks } from './signed-links';

const audit = {
  provide: Audit,
  useFactory: (transactions: Transactions, logger: Logger) =>
    new Audit(transactions, String(logger.bindings().name)),
  inject: [Transactions, LOGGER],
};

const open = [
  audit,
  AuditTrail,
  CaseTrail,
  Credentials,
  OfficeDirectory,
  OfficerAccess,
  OfficerImport,
  OfficerNames,
  OfficerReach,
  Officers,
  Offices,
  OwnAccount,
  OwnFactor,
  PersonalTokens,
  RevealLimit,
  Sessions,
  SignIn,
  SignedLinks,
];

/** Who may do what, where; over the global database and queue modules, and without HTTP. */
@Module({
  providers: [
    ...open,
    AccessTokens,
    Confirmation,
    OfficerRows,
    Passwords,
    Principals,
    SecondFactors,
    SignInLimit,
  ],
  exports: open,
})
export class AccessModule implements OnModuleDestroy {
  constructor(@Inject(Audit) private readonly audit: Audit) {}

  async onModuleDestroy(): Promise<void> {
    await this.audit.drain();
  }
}

/** The tables of this lib, for the data source of a process. */
export const accessEntities = [
  Office,
  Officer,
  Session,
  SecondFactor,
  RecoveryCode,
  PersonalToken,
  AuditEntry,
  AuditChain,
];
