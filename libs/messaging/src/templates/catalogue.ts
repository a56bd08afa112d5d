import { noticeTemplates } from './notice-templates';
import { officerTemplates } from './officer-templates';
import { replyTemplates } from './reply-templates';
import { stepTemplates } from './step-templates';
import type { Template } from './template';

/** Every message to a person, by name. */
export const catalogue = { ...stepTemplates, ...noticeTemplates, ...officerTemplates, ...replyTemplates };

export type TemplateName = keyof typeof catalogue;
export type StepTemplate = keyof typeof stepTemplates;
export type OfficerTemplate = keyof typeof officerTemplates;
export type ReplyTemplate = keyof typeof replyTemplates;
export type NoticeTemplate = keyof typeof noticeTemplates;
/** The values that a template asks for. */
export type ValuesOf<Name extends TemplateName> = Record<
  keyof (typeof catalogue)[Name]['variables'] & string,
  Template['variables'][string]
>;
