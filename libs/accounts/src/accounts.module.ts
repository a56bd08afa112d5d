import { Module } from '@nestjs/common';
import { Holidays } from './administration/holidays';
import { OfficerAccess } from './administration/officer-access';
import { OfficerImport } from './administration/officer-import';
import { Officers } from './administration/officers';
import { Offices } from './administration/offices';
import { OwnSecondFactor } from './factors/own-second-factor';
import { RecoveryCode, SecondFactor } from './factors/second-factor';
import { SecondFactors } from './factors/second-factors';
import { RevealLimit } from './limits/reveal-limit';
import { Officer } from './officers/officer';
import { OfficerNames } from './officers/officer-names';
import { OfficerReach } from './officers/officer-reach';
import { OfficerRows } from './officers/officer-rows';
import { OwnAccount } from './own-account/own-account';
import { Passwords } from './passwords/passwords';
import { AccessTokens } from './sessions/access-tokens';
import { Confirmation } from './sessions/confirmation';
import { Credentials } from './sessions/credentials';
import { RightsChanges } from './sessions/rights-changes';
import { Session } from './sessions/session';
import { Sessions } from './sessions/sessions';
import { SignIn } from './sessions/sign-in';
import { SignInLimit } from './sessions/sign-in-limit';
import { SignedInOfficers } from './sessions/signed-in-officers';
import { PersonalToken } from './tokens/personal-token';
import { PersonalTokens } from './tokens/personal-tokens';
import { SignedLinks } from './tokens/signed-links';
import { AuditModule } from '@sinkron/audit';
import { OfficesModule } from '@sinkron/offices';

const open = [
  Credentials,
  Holidays,
  OfficerAccess,
  OfficerImport,
  OfficerNames,
  OfficerReach,
  Officers,
  Offices,
  OwnAccount,
  OwnSecondFactor,
  PersonalTokens,
  RevealLimit,
  RightsChanges,
  Sessions,
  SignIn,
  SignedLinks,
];

/** Who may sign in, what they may do, and who keeps officers, offices and holidays; without HTTP. */
@Module({
  imports: [OfficesModule, AuditModule],
  providers: [
    ...open,
    AccessTokens,
    Confirmation,
    OfficerRows,
    Passwords,
    SignedInOfficers,
    SecondFactors,
    SignInLimit,
  ],
  exports: [OfficesModule, AuditModule, ...open],
})
export class AccountsModule {}

/** The tables of this lib, for the data source of a process. */
export const accountEntities = [Officer, Session, SecondFactor, RecoveryCode, PersonalToken];
