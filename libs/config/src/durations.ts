/**
 * Every wait of the product, by name, in milliseconds. A profile is one complete set: production holds the real
 * ones, demo lets a person see a complaint resolve within a minute. Quotas, WhatsApp's window and session
 * lifetimes are not durations of this kind and are never scaled.
 */
export interface Durations {
  /** The resync's 1×24 hours (R7): from the accepted push to `dueAt`. */
  day: number;
  /** From receipt until a person is told that the centre has not taken the push. */
  pushLimit: number;
  /** After the centre says "applied", how long a mismatching reading is still lag rather than "not taken". */
  settle: number;
  /** The first reading of the centre and those after it, counted from the accepted push; then every so long as the last. */
  readings: number[];
  /** The longest time between two readings of a ticket whose lag is known; the shortest is the first of `readings`. */
  longestReading: number;
  /**
   * Bounds of the time between two readings of a ticket in review for what the centre may mend at its side; it is as
   * long as the review has lasted.
   */
  reviewedReadings: { least: number; most: number };
  /** The lag is estimated from the pushes accepted within this time. */
  lagWindow: number;
  /** How often the worker estimates it. */
  lagRefresh: number;
  /** Bounds of the back-off after a failure of the centre. */
  backOff: { least: number; most: number };
  /** How long one call waits for its turn under the shared rate, before its row is put back. */
  tokenWait: number;
  /** How long one call to the centre may take. */
  registryTimeout: number;
  /** How long the centre may fail before a person is told that it does not answer. */
  outageLimit: number;
  /** How often the worker judges how the centre is doing. */
  centreWatch: number;
  /** The stretch of time over which the pace of the centre's matches is judged. */
  paceWindow: number;
  /** How long the gate stays closed when the centre rejects our configuration (codes 03, 04, 09, 10, 16, 17). */
  configurationPause: number;
  /** How long the gate stays closed after code 06, "outside the permitted hours", before it is tried again. */
  hoursPause: number;
  /** How long a dispatched row waits for a worker before it is dispatched again. */
  dispatchLease: number;
  /** How long a worker may hold a row it has claimed; longer than everything one job does at the centre. */
  lease: number;
  /** How often the worker dispatches due work. */
  dispatchInterval: number;
  /** How long a suspended ticket, or one in review, waits before a person is reminded. */
  standstill: number;
  /** From "sent" until the contact at the centre must have confirmed a hand-off. */
  confirmation: number;
  /** How far ahead a ticket may be snoozed. */
  longestSnooze: number;
  /** How long after its closing a resolved ticket may be contested. */
  contestWindow: number;
  /** How long due work may stay unleased before it is shown to operations. */
  lateWork: number;
  /** How often history and audit get a checkpoint; it also covers what was written so long before the last one. */
  checkpoint: number;
  /** How long the people of one step have before the next ones are notified, where no policy says otherwise. */
  ladderStep: number;
  /** How long an acknowledgement holds before somebody is notified again, where no policy says otherwise. */
  acknowledged: number;
  /** The longest time for which somebody may take an escalation. */
  longestHold: number;
  /** From the confirmation of a hand-off until the escalation must have an outcome. */
  followUp: number;
  /** Escalation messages to one person follow each other no faster; what comes meanwhile is bundled into the next. */
  bundle: number;
  /** How long a signed link in a message opens something. */
  link: number;
  /** How long one call to a mail server, WhatsApp or a webhook may take; shorter than `lease`. */
  deliveryTimeout: number;
  /** How long a message whose sender died waits for the provider's delivery report before it is sent again. */
  providerReport: number;
  /** How long a webhook is tried. */
  webhookPatience: number;
  /** An endpoint that has answered nothing for so long is disabled. */
  endpointPatience: number;
  /** How long the old secret of a webhook signs beside the new one. */
  secretOverlap: number;
  /** How often new events are published to streams and webhooks. */
  publishInterval: number;
  /** How often an idle stream sends a sign of life; a reader that takes nothing for so long is cut off. */
  streamBeat: number;
  /** How long a stream may be resumed, and webhooks replayed. */
  eventsKept: number;
  /** How often a worker records a heartbeat. */
  heartbeat: number;
  /** Without a heartbeat for so long the workers count as gone. */
  heartbeatLimit: number;
  /** How often the watchdog passes, and HEARTBEAT_URL is called. */
  watchdog: number;
  /** An escalation whose next step is overdue by so much is reported. */
  lateStep: number;
  /** How long before its end applicants are reminded of the contest window. */
  contestReminder: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

export const durationProfiles: Record<'production' | 'demo', Durations> = {
  production: {
    day: 24 * hour,
    pushLimit: 2 * hour,
    settle: 10 * minute,
    readings: [5 * minute, 15 * minute, 30 * minute, 60 * minute],
    longestReading: 2 * hour,
    reviewedReadings: { least: 2 * hour, most: 24 * hour },
    lagWindow: 72 * hour,
    lagRefresh: minute,
    backOff: { least: 10 * second, most: 15 * minute },
    tokenWait: 3 * second,
    registryTimeout: 15 * second,
    outageLimit: 10 * minute,
    centreWatch: minute,
    paceWindow: 4 * hour,
    configurationPause: 10 * minute,
    hoursPause: 30 * minute,
    dispatchLease: 15 * second,
    lease: 2 * minute,
    dispatchInterval: second,
    standstill: 7 * 24 * hour,
    confirmation: hour,
    longestSnooze: 7 * 24 * hour,
    contestWindow: 14 * 24 * hour,
    lateWork: minute,
    checkpoint: minute,
    ladderStep: 5 * minute,
    acknowledged: 30 * minute,
    longestHold: 24 * hour,
    followUp: 4 * hour,
    bundle: 2 * minute,
    link: 24 * hour,
    deliveryTimeout: 10 * second,
    providerReport: 30 * second,
    webhookPatience: 3 * 24 * hour,
    endpointPatience: 5 * 24 * hour,
    secretOverlap: 24 * hour,
    publishInterval: second / 2,
    streamBeat: 10 * second,
    eventsKept: 7 * 24 * hour,
    heartbeat: 5 * second,
    heartbeatLimit: minute,
    watchdog: minute,
    lateStep: 2 * minute,
    contestReminder: 24 * hour,
  },
  demo: {
    day: 180 * second,
    pushLimit: 60 * second,
    settle: 5 * second,
    readings: [3 * second, 6 * second, 10 * second, 15 * second],
    longestReading: 15 * second,
    reviewedReadings: { least: 10 * second, most: 60 * second },
    lagWindow: 540 * second,
    lagRefresh: 3 * second,
    backOff: { least: second, most: 10 * second },
    tokenWait: second,
    registryTimeout: 3 * second,
    outageLimit: 15 * second,
    centreWatch: 5 * second,
    paceWindow: 60 * second,
    configurationPause: 10 * second,
    hoursPause: 10 * second,
    dispatchLease: 4 * second,
    lease: 15 * second,
    dispatchInterval: second / 2,
    standstill: 600 * second,
    confirmation: 60 * second,
    longestSnooze: 1_260 * second,
    contestWindow: 600 * second,
    lateWork: 8 * second,
    checkpoint: 10 * second,
    ladderStep: 15 * second,
    acknowledged: 60 * second,
    longestHold: 600 * second,
    followUp: 90 * second,
    bundle: 5 * second,
    link: 600 * second,
    deliveryTimeout: 5 * second,
    providerReport: 5 * second,
    webhookPatience: 300 * second,
    endpointPatience: 600 * second,
    secretOverlap: 300 * second,
    publishInterval: second / 2,
    streamBeat: 10 * second,
    eventsKept: 3_600 * second,
    heartbeat: second,
    heartbeatLimit: 10 * second,
    watchdog: 5 * second,
    lateStep: 10 * second,
    contestReminder: 60 * second,
  },
};
