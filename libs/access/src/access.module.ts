import { Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens';
import { Audit, AuditEntry } from './audit';
import { Credentials } from './credentials';
import { Office } from './office';
import { OfficeDirectory } from './office-directory';
import { Officer } from './officer';
import { OfficerImport } from './officer-import';
import { OfficerRows } from './officer-rows';
import { Officers } from './officers';
import { Offices } from './offices';
import { Passwords } from './passwords';
import { Session } from './session';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';
import { SignInLimit } from './sign-in-limit';

const open = [Audit, Credentials, OfficeDirectory, OfficerImport, Officers, Offices, SignIn];

/** Who may do what, where; over the global database and queue modules, and without HTTP. */
@Module({
  providers: [...open, AccessTokens, OfficerRows, Passwords, Sessions, SignInLimit],
  exports: open,
})
export class AccessModule {}

/** The tables of this lib, for the data source of a process. */
export const accessEntities = [Office, Officer, Session, AuditEntry];
