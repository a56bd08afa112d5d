import { Injectable } from '@nestjs/common';
import { newTicketCode } from '../model/code';
import type { StatedValues } from '../model/statement';
import { Statements } from '../model/statements';
import { type Complaint, complaintWarnings } from './complaint';
import { type IdempotencyKey, isSameBody, keyReused, stillInFlight } from './idempotency';
import { IntakeBatch } from './intake-batch';
import { keyOf, Persons } from './persons';
import type { IntakeAnswer, Submission } from './submission';
import type { Actor, OfficerActor } from '@sinkron/accounts';
import { GroupCommit, isDatabaseAway, newId } from '@sinkron/database';
import { Problem } from '@sinkron/observability';

const twinWait = 5_000;

interface InFlight {
  key: IdempotencyKey;
  answer: Promise<IntakeAnswer>;
}

/** Takes complaints: seals them, files repeats under the open ticket, and answers when they are committed. */
@Injectable()
export class Intake {
  private readonly commits: GroupCommit<Submission, Submission>;
  private readonly inFlight = new Map<string, InFlight>();

  constructor(
    batch: IntakeBatch,
    private readonly statements: Statements,
    private readonly persons: Persons,
  ) {
    this.commits = new GroupCommit((submissions) => batch.commit(submissions));
  }

  /**
   * @param by an officer, or an applicant or bridge who submits to an office
   * @param key an officer's Idempotency-Key: the same body gets the same answer, another body is refused
   * @throws Problem invalid (key used for another body), conflict (twin still in flight), unavailable
   */
  async take(by: OfficerActor, complaint: Complaint, key: IdempotencyKey | null): Promise<IntakeAnswer>;
  async take(by: Actor, complaint: Complaint, key: null): Promise<IntakeAnswer>;
  async take(by: Actor, complaint: Complaint, key: IdempotencyKey | null): Promise<IntakeAnswer> {
    if (!key) return this.commit(this.prepare(by, complaint, null));
    const name = keyOf(key.slots);
    const twin = this.inFlight.get(name);
    if (twin) {
      if (!isSameBody(key, twin.key.body[0].digest)) throw keyReused();
      return awaitTwin(twin.answer);
    }
    const answer = this.commit(this.prepare(by, complaint, key));
    this.inFlight.set(name, { key, answer });
    try {
      return await answer;
    } finally {
      this.inFlight.delete(name);
    }
  }

  /** Resolves when everything that was taken is committed or refused. */
  async drain(): Promise<void> {
    await this.commits.drain();
  }

  private async commit(submission: Submission): Promise<IntakeAnswer> {
    try {
      const { answer, problem } = await this.commits.submit(
        submission,
        submission.statement.sealed.length + 600,
      );
      if (problem) throw problem;
      if (!answer) throw new Error('A committed submission has no answer');
      return answer;
    } catch (error) {
      throw isDatabaseAway(error) ? databaseAway() : error;
    }
  }

  private prepare(by: Actor, complaint: Complaint, key: IdempotencyKey | null): Submission {
    const values: StatedValues = {
      applicant: complaint.applicant,
      symptom: complaint.symptom,
      note: complaint.note,
      urgentReason: complaint.urgent?.reason,
    };
    const author = { officerId: by.officerId, officeId: by.office.id, channel: complaint.channel };
    const { nik } = complaint.applicant;
    return {
      by,
      complaint,
      values,
      warnings: complaintWarnings(complaint, new Date()),
      personId: newId(),
      ticketId: newId(),
      code: newTicketCode(),
      nik: this.persons.slots(nik),
      statement: this.statements.compose(newId(), 'first', author, values),
      key,
      answer: null,
      problem: null,
    };
  }
}

async function awaitTwin(answer: Promise<IntakeAnswer>): Promise<IntakeAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stillInFlight()), twinWait);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function databaseAway(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Laporan belum tersimpan karena gangguan. Kirim lagi sebentar lagi dengan Idempotency-Key yang sama.',
      en: 'The complaint was not stored because of a fault. Send it again soon with the same Idempotency-Key.',
    },
    [],
    2,
  );
}
