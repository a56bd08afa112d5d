import { catalogue } from './catalogue';
import { approvalText, render, type Template } from './template';

const templates: [string, Template][] = Object.entries(catalogue);

describe.each(templates)('the template %s', (name, template) => {
  const samples = template.variables;
  const { id, en } = template.text;

  it('is rendered in both languages without a placeholder that is left', () => {
    const { subject, text } = render(template, samples);
    for (const sentence of [subject.id, subject.en, text.id, text.en]) {
      expect(sentence).not.toMatch(/[{}]|undefined|\[object/);
      expect(sentence.length).toBeLessThanOrEqual(1024);
    }
  });

  it('uses every one of its variables in both languages, and no others', () => {
    const names = new Set(Object.keys(samples));
    expect(new Set(placeholders(id))).toEqual(names);
    expect(new Set(placeholders(en))).toEqual(names);
  });

  it('has no rendering while a value is missing', () => {
    const [missing = '', ...others] = Object.keys(samples);
    const some = Object.fromEntries(others.map((other) => [other, samples[other] ?? '']));
    expect(() => render(template, some)).toThrow(missing);
  });

  it('is such that WhatsApp can approve it', () => {
    const asked = approvalText(template);
    expect(asked.length).toBeLessThanOrEqual(1024);
    // Numbered in their order, never at an end, never side by side.
    expect([...new Set(placeholders(asked))]).toEqual(Object.keys(samples).map((_, at) => String(at + 1)));
    expect(asked).not.toMatch(/^\{\{|\}\}$|\}\}\s*\{\{/);
    expect(template.approved).toMatch(/^[a-z_]{1,512}$/);
    expect(template.approved).toBe(`sinkron_${name.replace('notice_', '')}`);
  });

  it('gives WhatsApp parameters of one line each', () => {
    const broken = Object.fromEntries(Object.keys(samples).map((one) => [one, `two\nlines,\t a     gap`]));
    for (const values of [samples, broken]) {
      const { parameters } = render(template, values).approved;
      expect(parameters).toHaveLength(Object.keys(samples).length);
      for (const parameter of parameters) expect(parameter).not.toMatch(/[\n\t]| {4}|^$/);
    }
  });
});

it('no two templates have the same approved name', () => {
  const names = templates.map(([, { approved }]) => approved);
  expect(new Set(names).size).toBe(names.length);
});

it('notices ask applicants for nothing that is secret, and hold no numbers of theirs', () => {
  for (const [, { text, variables }] of templates.filter(([name]) => name.startsWith('notice_'))) {
    expect(Object.keys(variables).join(' ')).not.toMatch(/name|nik|kk|phone|birth/i);
    expect(`${text.id} ${text.en}`).not.toMatch(/(kirim|send)[^.]*(sandi|password|OTP)/i);
  }
});

function placeholders(text: string): (string | undefined)[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
}
