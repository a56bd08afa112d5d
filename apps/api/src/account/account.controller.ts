import { Body, Controller, Get, HttpCode, Ip, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { BeforeSecondFactor, CurrentOfficer, May } from '../auth/route-access';
import {
  accountChanges,
  type AccountChanges,
  type AccountView,
  factorConfirmation,
  type FactorConfirmation,
  type NewFactor,
  OwnAccount,
  OwnSecondFactor,
  passwordChange,
  type PasswordChange,
  type OfficerActor,
  type RecoveryCodes,
  roles,
  shownAgain,
  type ShownAgain,
} from '@sinkron/accounts';
import { zones } from '@sinkron/offices';
import { z } from 'zod';

const account = z.object({
  id: z.uuid(),
  email: z.email(),
  name: z.string(),
  role: z.enum(roles),
  office: z.object({ code: z.string(), name: z.string() }),
  phone: z.string().nullable().describe('E.164; for WhatsApp about escalations'),
  zone: z.enum(zones).nullable().describe('Your own clock; null: that of your office'),
  secondFactor: z.object({
    required: z.boolean().describe('Whether your role opens nothing without one'),
    setUp: z.boolean(),
    recoveryCodesLeft: z.int(),
  }),
});

const newFactor = z.object({
  secret: z.string().describe('Base32, to be typed into an authenticator app; shown only now'),
  uri: z.string().describe('`otpauth://…`, to be shown as a QR code; holds the secret'),
});

const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).describe('Each replaces the app once; shown only now'),
});

const reach = accountChanges.meta({ examples: [{ phone: '+628100000021', zone: 'Asia/Jakarta' }] });
const shown = shownAgain.meta({ examples: [{ password: 'kata sandi Anda sekarang', otp: '123456' }] });
const confirmation = factorConfirmation.meta({ examples: [{ otp: '123456' }] });
const change = passwordChange.meta({
  examples: [{ current: 'kata sandi Anda sekarang', password: 'kata sandi lain yang panjang' }],
});

/** What an officer keeps of the own account. Personal access tokens do not reach it. */
@ApiTags('Account')
@May('account')
@Controller('v1/account')
export class AccountController {
  constructor(
    private readonly account: OwnAccount,
    private readonly factor: OwnSecondFactor,
  ) {}

  @BeforeSecondFactor()
  @Get()
  @ApiOperation({ summary: 'Who you are here, and whether your second factor is set up' })
  @ApiOkResponse({ standardSchema: account })
  show(@CurrentOfficer() officer: OfficerActor): Promise<AccountView> {
    return this.account.view(officer);
  }

  @Patch()
  @ApiOperation({
    summary: 'Your phone and your clock, for being asked about escalations; null takes them away',
  })
  @ApiOkResponse({ standardSchema: account })
  update(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: reach }) changes: AccountChanges,
  ): Promise<AccountView> {
    return this.account.change(officer, changes);
  }

  @Post('password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change your password; your other sessions end' })
  @ApiNoContentResponse()
  changePassword(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: change }) input: PasswordChange,
    @Ip() address: string,
  ): Promise<void> {
    return this.account.changePassword(officer, input, address);
  }

  @BeforeSecondFactor()
  @Post('totp')
  @ApiOperation({
    summary: 'Begin to set up an authenticator app (RFC 6238); `otp` only to replace one that is set up',
  })
  @ApiCreatedResponse({ standardSchema: newFactor })
  beginFactor(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: shown }) input: ShownAgain,
    @Ip() address: string,
  ): Promise<NewFactor> {
    return this.factor.begin(officer, input, address);
  }

  @BeforeSecondFactor()
  @Post('totp/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Show a code of the new app: it is set up from now on, and your other sessions end',
  })
  @ApiOkResponse({ standardSchema: recoveryCodes })
  confirmFactor(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: confirmation }) { otp }: FactorConfirmation,
  ): Promise<RecoveryCodes> {
    return this.factor.confirm(officer, otp);
  }

  // Not DELETE: clients and proxies drop its body, and the password must not stand in an address.
  @Post('totp/remove')
  @HttpCode(204)
  @ApiOperation({ summary: 'Do without a second factor, where your role may' })
  @ApiNoContentResponse()
  removeFactor(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: shown }) input: ShownAgain,
    @Ip() address: string,
  ): Promise<void> {
    return this.factor.remove(officer, input, address);
  }

  @Post('recovery-codes')
  @ApiOperation({ summary: 'Ten new recovery codes instead of all before' })
  @ApiCreatedResponse({ standardSchema: recoveryCodes })
  renewCodes(
    @CurrentOfficer() officer: OfficerActor,
    @Body({ schema: shown }) input: ShownAgain,
    @Ip() address: string,
  ): Promise<RecoveryCodes> {
    return this.factor.renewCodes(officer, input, address);
  }
}
