import { publicStatuses } from '../model/lifecycle';
import { rejections, suspensions } from '../model/vocabulary';
import { wordsFor } from './status-words';

it.each(publicStatuses)('%s has a message and a next step in both languages', (status) => {
  const { message, nextStep } = wordsFor({ status, reason: null, outcome: null });
  for (const text of [message.id, message.en, nextStep.id, nextStep.en]) expect(text).toMatch(/^[A-Z].+\.$/);
});

it("never tells the centre's verdict on a person", () => {
  const neutral = wordsFor({ status: 'in_review', reason: null, outcome: null });
  for (const reason of ['deceased', 'duplicate_data', 'inactive']) {
    for (const status of publicStatuses) {
      expect(wordsFor({ status, reason, outcome: null })).toEqual(
        wordsFor({ status, reason: null, outcome: null }),
      );
    }
    expect(wordsFor({ status: 'in_review', reason, outcome: null })).toEqual(neutral);
  }
});

it("tells an officer's reason, unless it says nothing", () => {
  for (const reason of suspensions.filter((code) => code !== 'other' && code !== 'requirements_unmet')) {
    const told = wordsFor({ status: 'suspended', reason, outcome: null }).message.id;
    expect(told).not.toBe(wordsFor({ status: 'suspended', reason: null, outcome: null }).message.id);
  }
  for (const outcome of rejections.filter((code) => code !== 'other')) {
    const told = wordsFor({ status: 'rejected', reason: null, outcome }).message.id;
    expect(told).not.toBe(wordsFor({ status: 'rejected', reason: null, outcome: null }).message.id);
  }
});
