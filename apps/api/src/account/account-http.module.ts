import { Module } from '@nestjs/common';
import { SessionsController } from '../sessions/sessions.controller';
import { AccountController } from './account.controller';
import { TokensController } from './tokens.controller';
import { AccountsModule } from '@sinkron/accounts';

/** The routes by which officers sign in and out, and keep what is their own. */
@Module({
  imports: [AccountsModule],
  controllers: [SessionsController, AccountController, TokensController],
})
export class AccountHttpModule {}
