import * as fc from 'fast-check';
import { judgeName } from './names';

function problemOf(text: string): string | null {
  const judgement = judgeName(text);
  return judgement.ok ? null : judgement.problem.code;
}

describe('judgeName', () => {
  it('trims and composes, so that one name has one spelling', () => {
    expect(judgeName('  Rene\u0301 Melati\n')).toEqual({ ok: true, name: 'René Melati', warnings: [] });
  });

  it('counts characters, not code units', () => {
    expect(problemOf('😀'.repeat(100))).toBeNull();
    expect(problemOf('e\u0301'.repeat(100))).toBeNull();
    expect(problemOf('😀'.repeat(101))).toBe('name_too_long');
    expect(problemOf(' \t ')).toBe('name_empty');
  });

  it.each([
    ['Nur\u2019aini', "Nur'aini"],
    ['Melati\u200b Sari\u200e', 'Melati Sari'],
    ['\u202aMelati\u00a0Sari\u202c', 'Melati Sari'],
    ['Al\u2010Farisi', 'Al-Farisi'],
  ])('folds what was pasted: %j is %j', (pasted, name) => {
    expect(judgeName(pasted)).toMatchObject({ ok: true, name });
  });

  it('asks again for a letter that was lost on the way', () => {
    expect(problemOf('Ren\ufffd Melati')).toBe('name_unreadable');
    expect(problemOf('\u200b')).toBe('name_empty');
  });

  it.each([
    'Melati\0Sari',
    'Melati\nSari',
    'Melati\u0085Sari',
    'Melati\u2028Sari',
    'Melati\u202eiraS',
    'Melati\ud83d',
  ])('refuses control characters (%j)', (text) =>
    expect(problemOf(text)).toBe('name_has_control_characters'),
  );

  it('warns of digits', () => {
    expect(judgeName('Melati 2')).toMatchObject({ ok: true, warnings: [{ code: 'name_has_digits' }] });
    expect(judgeName('Melati ２')).toMatchObject({ ok: true, warnings: [{ code: 'name_has_digits' }] });
  });

  it('returns from 10 MB', () => {
    expect(problemOf('a'.repeat(10_000_000))).toBe('name_too_long');
    expect(problemOf('\u0301\u0316'.repeat(5_000_000))).toBe('name_too_long');
    expect(problemOf(' '.repeat(10_000_000))).toBe('name_empty');
  });

  it('never throws, and accepts again what it gave', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const judgement = judgeName(text);
        expect(judgement.ok ? judgeName(judgement.name) : judgement).toEqual(judgement);
      }),
    );
  });
});
