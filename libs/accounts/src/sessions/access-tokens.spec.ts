import { SignJWT } from 'jose';
import { AccessTokens } from './access-tokens';

const key = (fill: number) => Buffer.alloc(32, fill);
const older = { id: 't1', key: key(1) };
const newer = { id: 't2', key: key(2) };
const claims = { officerId: 'officer', sessionId: 'session' };

afterEach(() => jest.restoreAllMocks());

it('reads what any key of the ring signed, and nothing that none of them did', async () => {
  const before = await new AccessTokens({ tokenKeys: [older] }).sign(claims);
  const rotated = new AccessTokens({ tokenKeys: [newer, older] });
  expect(await rotated.read(before)).toMatchObject(claims);
  expect(await new AccessTokens({ tokenKeys: [newer] }).read(before)).toBeNull();
  expect(
    await rotated.read(await new AccessTokens({ tokenKeys: [{ ...newer, key: key(3) }] }).sign(claims)),
  ).toBeNull();
});

it('refuses other algorithms, missing claims, changed bytes and noise', async () => {
  const tokens = new AccessTokens({ tokenKeys: [newer] });
  const jwt = (alg: string) =>
    new SignJWT({ sid: 's' }).setProtectedHeader({ alg, kid: 't2' }).setIssuer('sinkron');
  const good = await tokens.sign(claims);
  const none = `${Buffer.from('{"alg":"none","kid":"t2"}').toString('base64url')}.${good.split('.')[1]}.`;
  const bad = [
    await jwt('HS512').setSubject('o').setExpirationTime('15m').sign(Buffer.alloc(64, 2)),
    await jwt('HS256').setSubject('o').sign(newer.key),
    await jwt('HS256').setExpirationTime('15m').sign(newer.key),
    none,
    `${good.slice(0, -2)}xx`,
    'x'.repeat(5000),
    '',
  ];
  for (const token of bad) expect(await tokens.read(token)).toBeNull();
});

it('lets a token that it has read before expire all the same', async () => {
  const tokens = new AccessTokens({ tokenKeys: [newer] });
  const token = await tokens.sign(claims);
  expect(await tokens.read(token)).not.toBeNull();
  const later = Date.now() + 901_000;
  jest.spyOn(Date, 'now').mockReturnValue(later);
  expect(await tokens.read(token)).toBeNull();
});
