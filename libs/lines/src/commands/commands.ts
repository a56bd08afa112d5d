import { Injectable } from '@nestjs/common';
import type { CloudMessage } from '../whatsapp/cloud-webhook';
import type { Command } from './command';
import { TakeEscalation } from './take-escalation';
import { bareValue, foldPasted } from '@sinkron/identity';

/** A longer text is no command. */
const longest = 40;
/** With the invisible marks that phones put around numbers. */
const longestPasted = 200;

/** The commands that a line knows, in the order in which they are tried. */
@Injectable()
export class Commands {
  private readonly known: readonly Command[];

  constructor(takeEscalation: TakeEscalation) {
    this.known = [takeEscalation];
  }

  /** A text that is no command is left alone, and so is a sender who hides the number: nobody could be answered. */
  async perform({ text, from, id, at }: CloudMessage): Promise<void> {
    if (!from || text === null || text.length > longestPasted) return;
    if (foldPasted(text).length > longest) return;
    const folded = bareValue(text).replace(/\s+/g, ' ');
    for (const command of this.known) {
      const [match, ...groups] = command.pattern.exec(folded) ?? [];
      if (match !== undefined) return command.perform({ id, from, at }, groups);
    }
  }
}
