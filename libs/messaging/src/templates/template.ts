import type { Text } from '@sinkron/observability';

/** The value of a placeholder: the same in both languages, or one for each. */
export type Value = string | Text;
export type Variables<Name extends string = string> = Record<Name, Value>;

/** A message as data: `{{name}}` in its texts is replaced by the variable of that name. */
export interface Template<Name extends string = string> {
  /** When it is sent and to whom, for the catalogue. */
  purpose: Text;
  /** Every variable in the order of the placeholders of the approved WhatsApp template, with a sample. */
  variables: Variables<Name>;
  subject: Text;
  text: Text;
  /** By e-mail, where it cannot be the same. */
  mail?: Text;
  /** The name under which WhatsApp has approved the Indonesian text. */
  approved: string;
}

/** A template whose values are checked by the names of its own variables. */
export function template<Name extends string>(given: Template<Name>): Template<Name> {
  return given;
}

/** A message with its values put in. */
export interface Rendered {
  subject: Text;
  text: Text;
  mail: Text;
  approved: { name: string; language: string; parameters: string[] };
}

/** Puts the values in. @throws Error when a placeholder has none: a fault of ours that must not reach anybody */
export function render<Name extends string>(template: Template<Name>, values: Variables<Name>): Rendered {
  const inEach = ({ id, en }: Text): Text => ({ id: fill(id, values, 'id'), en: fill(en, values, 'en') });
  return {
    subject: inEach(template.subject),
    text: inEach(template.text),
    mail: inEach(template.mail ?? template.text),
    approved: {
      name: template.approved,
      language: 'id',
      parameters: Object.keys(template.variables).map((name) => oneLine(valueOf(values, name, 'id'))),
    },
  };
}

/** The text that is submitted to WhatsApp for approval: the variables by their numbers. */
export function approvalText({ text, variables }: Template): string {
  const names = Object.keys(variables);
  return text.id.replace(/\{\{(\w+)\}\}/g, (_, name: string) => `{{${names.indexOf(name) + 1}}}`);
}

function fill(text: string, values: Variables, language: 'id' | 'en'): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => valueOf(values, name, language));
}

function valueOf(values: Variables, name: string, language: 'id' | 'en'): string {
  const value = values[name];
  if (value === undefined) throw new Error(`The template has no value for ${name}`);
  return typeof value === 'string' ? value : value[language];
}

/** WhatsApp refuses parameters with line breaks, tabs or more than four spaces in a row, and empty ones. */
function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim() || '-';
}
