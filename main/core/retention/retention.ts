/**
 * The rule for keeping records: raw messages and the rows of streams stay for so many days; after that the minutes'
 * summaries tell of a stream, and a message about which nobody has decided is discarded. Hand entries, single sets, alerts with their facts, explanations and the audit stay.
 * It works in small slices beside the ward, and each run is audited at its begin and its end.
 */
import { z } from 'zod';
import { appendAudit } from '../audit/audit.ts';
import { isoTime } from '../clock.ts';
import { readUndecided, resolveMessage, type WaitingRow } from '../intake/waiting-messages.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { readMark } from '../summaries/summariser.ts';

export interface RetentionPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  /** Wall time, ms. */
  readonly wall: () => number;
  /** Days that raw messages and streams are kept. */
  readonly days: () => number;
  /** A message that waited for a person waits no longer; told after the commit. */
  readonly messageMoved: (from: 'held' | 'quarantined', to: 'discarded') => void;
}

export interface Retention {
  /** Does one slice of a run that is due; true where it did something. To be called about once a second. */
  step(): boolean;
  /** To be called when the days were changed: a run under way by the old rule ends, and the new one is due at once. */
  changed(): void;
}

/** What a rule would remove. */
export interface RetentionPreview {
  /** What was received before this (wall ms). */
  readonly beforeMs: number;
  /** At most so many rows of streams. */
  readonly rows: number;
  /** Blocks of raw messages. */
  readonly blocks: number;
}

/** Looks at what a rule of so many days would remove now. Counted by numbers, so that it costs nothing. */
export function previewRetention(read: Reader, nowMs: number, days: number): RetentionPreview {
  const beforeMs = nowMs - days * DAY_MS;
  const [first] = read.all(idRow, 'SELECT id FROM observations ORDER BY id LIMIT 1');
  const last = lastIdBefore(read, beforeMs);
  const blocks = read.one(
    countRow,
    'SELECT count(*) AS count FROM message_bodies WHERE received_ms < ?',
    beforeMs,
  );
  return {
    beforeMs,
    rows: first === undefined ? 0 : Math.max(0, last - first.id + 1),
    blocks: blocks?.count ?? 0,
  };
}

const DAY_MS = 24 * 3_600_000;
/** Rows of a slice: it holds the core for some milliseconds. Ours. */
const ROWS_A_SLICE = 150;
const BODIES_A_SLICE = 50;
const UNDECIDED_A_SLICE = 200;

interface Run {
  readonly beforeMs: number;
  /** The newest observation that may go. */
  readonly lastId: number;
  /** Where the next slice begins. */
  fromId: number;
  observations: number;
  bodies: number;
  /** Messages about which nobody had decided. */
  undecided: number;
}

export function createRetention(ports: RetentionPorts): Retention {
  const { store } = ports;
  let run: Run | null = null;
  let nextMs = Number.NEGATIVE_INFINITY;

  const audit = (write: Writer, action: string, of: Run): void =>
    appendAudit(write, isoTime(ports.wall()), {
      actor: 'system',
      action,
      subject: null,
      detail: {
        before: isoTime(of.beforeMs),
        observations: of.observations,
        bodies: of.bodies,
        undecided: of.undecided,
      },
    });

  return {
    step: () => {
      const now = ports.wall();
      if (run === null) {
        // A clock that was set back far does not stop the rule for ever.
        if (now < nextMs && nextMs - now <= DAY_MS) return false;
        nextMs = now + DAY_MS;
        run = dueRun(store.read, now - ports.days() * DAY_MS);
        if (run === null) return false;
      }
      const before: Run = run;
      let discarded: readonly WaitingRow[] = [];
      const after = store.transaction((write): Run & { readonly done: boolean } => {
        if (before.observations + before.bodies + before.undecided === 0)
          audit(write, 'retention.begin', before);
        const slice = removeStreams(write, before);
        discarded = slice.removed > 0 ? [] : discardUndecided(write, ports, before.beforeMs);
        const busy = slice.removed + discarded.length > 0;
        const bodies = busy ? 0 : removeMessages(write, before.beforeMs);
        const next = {
          ...before,
          fromId: slice.lastId,
          observations: before.observations + slice.removed,
          bodies: before.bodies + bodies,
          undecided: before.undecided + discarded.length,
        };
        const done = !busy && bodies === 0;
        if (done) audit(write, 'retention.end', next);
        return { ...next, done };
      });
      // Only after the commit: a slice that fails is done again.
      run = after.done ? null : after;
      for (const { state } of discarded) ports.messageMoved(state, 'discarded');
      return true;
    },
    changed: () => {
      run = null;
      nextMs = Number.NEGATIVE_INFINITY;
    },
  };
}

const countRow = z.object({ count: z.number().int() });
const idRow = z.object({ id: z.number().int() });
const receiptRow = z.object({ id: z.number().int(), received_ms: z.number().int() });

/** A run over what was received before a moment (wall ms); null where nothing is to be removed. */
function dueRun(read: Reader, beforeMs: number): Run | null {
  const run = {
    beforeMs,
    lastId: lastIdBefore(read, beforeMs),
    fromId: 0,
    observations: 0,
    bodies: 0,
    undecided: 0,
  };
  const due =
    readUndecided(read, beforeMs, 1).length > 0 ||
    streamRows(read, run, 1).length > 0 ||
    messageBodies(read, beforeMs, 1).length > 0 ||
    singleBodies(read, beforeMs, 1).length > 0;
  return due ? run : null;
}

/** The newest summarised row that was received before a moment. Rows come in the order of their receipt: halving finds it. */
function lastIdBefore(read: Reader, beforeMs: number): number {
  let low = 0;
  let high = readMark(read);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const row = read.one(
      receiptRow,
      'SELECT id, observed_ms + received_delta AS received_ms FROM observations WHERE id >= ? ORDER BY id LIMIT 1',
      middle,
    );
    if (row !== null && row.received_ms < beforeMs && row.id <= high) low = Math.max(middle, row.id);
    else high = middle - 1;
  }
  return low;
}

/** Rows of streams: sets of a monitor in a minute that had more of them, with the minute's summary in place. */
function streamRows(read: Reader, run: Run, most: number): { readonly id: number }[] {
  return read.all(
    idRow,
    `SELECT o.id FROM observations o WHERE o.id > ? AND o.id <= ? AND o.observed_ms + o.received_delta < ?
       AND o.source IN (SELECT id FROM sources WHERE kind = 'monitor')
       AND EXISTS (SELECT 1 FROM minute_summaries m WHERE m.patient = o.patient
         AND m.minute = o.observed_ms / 60000 AND m.source = o.source AND m.sets >= 2)
     ORDER BY o.id LIMIT ?`,
    run.fromId,
    // The newest row of all stays, so that the number of an observation is never given twice.
    run.lastId - 1,
    run.beforeMs,
    most,
  );
}

function removeStreams(write: Writer, run: Run): { readonly removed: number; readonly lastId: number } {
  const rows = streamRows(write, run, ROWS_A_SLICE);
  const last = rows.at(-1);
  if (last === undefined) return { removed: 0, lastId: run.fromId };
  write.run('INSERT INTO retention_gate (open) VALUES (1)');
  for (const { id } of rows) write.run('DELETE FROM observations WHERE id = ?', id);
  write.run('DELETE FROM retention_gate');
  return { removed: rows.length, lastId: last.id };
}

/** Discards messages about which nobody has decided in so many days: their bytes may go then. The oldest first. */
function discardUndecided(
  write: Writer,
  { sealing, wall }: RetentionPorts,
  beforeMs: number,
): readonly WaitingRow[] {
  const decision = { by: null, atMs: wall(), note: null, patientId: null, taken: 0 };
  const rows = readUndecided(write, beforeMs, UNDECIDED_A_SLICE);
  return rows.filter((row) => resolveMessage(write, sealing, row, { ...decision, state: 'discarded' }));
}

/**
 * Blocks of messages that nobody has to decide about any more. The newest may go too: `body_numbers` remembers its
 * number.
 */
function messageBodies(read: Reader, beforeMs: number, most: number): { readonly id: number }[] {
  return read.all(
    idRow,
    `SELECT id FROM message_bodies WHERE received_ms < ? AND id NOT IN (
       SELECT body FROM messages WHERE state IN ('held', 'quarantined') AND body IS NOT NULL)
     ORDER BY id LIMIT ?`,
    beforeMs,
    most,
  );
}

/**
 * Messages of the first schema, which keep their bytes themselves, that nobody has to decide about any more. They are
 * the oldest; the first message with a block ends the search, so that a month of messages is not looked through.
 */
function singleBodies(read: Reader, beforeMs: number, most: number): { readonly id: number }[] {
  return read.all(
    idRow,
    `SELECT id FROM messages WHERE id < coalesce((SELECT id FROM messages WHERE body IS NOT NULL ORDER BY id LIMIT 1),
       9223372036854775807) AND raw_sealed IS NOT NULL AND received_ms < ?
       AND state NOT IN ('held', 'quarantined') ORDER BY id LIMIT ?`,
    beforeMs,
    most,
  );
}

/** Removes the bytes of messages; that they came, from whom and what became of them stays. Returns how many went. */
function removeMessages(write: Writer, beforeMs: number): number {
  const bodies = messageBodies(write, beforeMs, BODIES_A_SLICE);
  for (const { id } of bodies) write.run('DELETE FROM message_bodies WHERE id = ?', id);
  const singles = singleBodies(write, beforeMs, BODIES_A_SLICE);
  for (const { id } of singles)
    write.run('UPDATE messages SET raw_sealed = NULL, ack_sealed = NULL WHERE id = ?', id);
  return bodies.length + singles.length;
}
