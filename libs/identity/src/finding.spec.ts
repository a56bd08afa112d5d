import { finding, findingCodes } from './finding';

describe('the sentences of the findings', () => {
  it.each(findingCodes)('%s speaks both languages and shows no value', (code) => {
    const { id, en } = finding(code).message;
    for (const sentence of [id, en]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence.replace('+62810…', '')).not.toMatch(/[0-9]{5}/);
    }
    expect(id).not.toBe(en);
  });
});
