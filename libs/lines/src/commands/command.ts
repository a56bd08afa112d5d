/** A message to a line, from a number that is known. */
export interface LineMessage {
  /** The provider's id; a repetition has the same. */
  id: string;
  /** E.164 */
  from: string;
  at: Date;
}

/** Something that people can ask a line for. */
export interface Command {
  /** Recognises a text that is folded: without marks pasted along, and with single spaces; its groups are what the command is given. */
  readonly pattern: RegExp;
  /** Does what is asked and answers, once for each message however often it comes. */
  perform(message: LineMessage, groups: readonly string[]): Promise<void>;
}
