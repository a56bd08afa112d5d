import { answeredChannels, givenAddresses, isPersonal, reachedBy, reportsDelivery } from './channels';

it('reaches a person by the channels for which there is an address, WhatsApp first', () => {
  const email = 'sari@example.id';
  expect(reachedBy({ email, whatsapp: '+628100000001' })).toEqual(['whatsapp', 'email']);
  expect(reachedBy({ email, whatsapp: undefined })).toEqual(['email']);
  expect(reachedBy({ email: '', whatsapp: '' })).toEqual([]);
  expect(givenAddresses({ email, whatsapp: undefined })).toStrictEqual({ email });
});

it('tells the channels of a person from those of programs', () => {
  expect(['email', 'webhook', 'whatsapp', 'console'].filter(isPersonal)).toEqual(['email', 'whatsapp']);
});

it('waits for reports, and looks for answers, where WhatsApp gives them and nowhere else', () => {
  expect((['whatsapp', 'email', 'webhook'] as const).filter(reportsDelivery)).toEqual(['whatsapp']);
  expect(answeredChannels).toEqual(['whatsapp']);
});
