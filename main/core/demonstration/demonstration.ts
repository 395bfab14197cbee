/**
 * Plays a table of vitals on an invented patient, through the same scoring, alerts and explanations as real sets.
 * The patient is marked everywhere, stands beside the real beds and leaves the ward when the play is stopped; the
 * record stays, marked.
 *
 * At a speed above life the observed times are kept a table's length apart and end now, so that changes over
 * minutes stay changes over minutes: nothing is ever stamped with a time that has not come.
 */
import type { Outcome } from '../../../app/contract/outcome.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import type { NewSet } from '../ward/observations-table.ts';
import { readReplayFile } from './replay-file.ts';
import { type ReplayRow, readReplayTable } from './replay-table.ts';

export interface DemonstrationPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly commit: <T>(work: (write: Writer, draft: WardDraft) => T) => T;
  /** The words of the ward's language for the invented patient and bed. */
  readonly names: () => { readonly patient: string; readonly bed: string };
  readonly onChange: () => void;
}

/** What is played. */
export interface Playing {
  readonly running: boolean;
  readonly speed: number;
  /** A file of the site's own, and not the sample. */
  readonly isFile: boolean;
  /** Moments that were played, of so many. */
  readonly through: number;
  readonly rows: number;
}

export interface Demonstration {
  /** Null while none is in the ward. `running` is false when the table has been played to its end. */
  state(): Playing | null;
  /** Puts the patient into the ward, inside the caller's transaction; `play` starts the table. */
  start(
    write: Writer,
    draft: WardDraft,
    text: string,
    speed: number,
    isFile?: boolean,
  ): Outcome<{ play(): void }>;
  stop(write: Writer, draft: WardDraft): Outcome<{ halt(): void }>;
  close(): void;
}

const SOURCE = 'replay';
const PROGRESS_MS = 1_000;

export function createDemonstration(ports: DemonstrationPorts, leftOver: boolean): Demonstration {
  let state: Playing | null = leftOver
    ? { running: false, speed: 1, isFile: false, through: 0, rows: 0 }
    : null;
  let toldMs = 0;
  let timer: NodeJS.Timeout | null = null;

  const halt = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };

  function play(patientId: string, rows: readonly ReplayRow[], speed: number): void {
    const startBoot = ports.clock.boot();
    const lengthMs = rows.at(-1)?.atMs ?? 0;
    const endWall = ports.clock.wall() + lengthMs / speed;
    const step = (index: number): void => {
      const row = rows[index];
      if (row === undefined) {
        if (state !== null) state = { ...state, running: false, through: rows.length };
        timer = null;
        ports.onChange();
        return;
      }
      try {
        const observedMs = Math.round(Math.min(endWall - (lengthMs - row.atMs), ports.clock.wall()));
        ports.commit((write, draft) => {
          if (draft.bedOf(patientId) !== null)
            draft.observe(write, patientId, [setOf(patientId, row, observedMs)]);
        });
      } catch (error) {
        ports.log('error', 'demonstration-row-failed', { reason: reasonOf(error) });
      }
      if (state !== null) state = { ...state, through: index + 1 };
      tellProgress();
      const next = rows[index + 1];
      const dueMs = next === undefined ? 0 : startBoot + next.atMs / speed - ports.clock.boot();
      timer = setTimeout(() => step(index + 1), Math.max(0, dueMs));
    };
    step(0);
  }

  /** Once a second: a fast replay moves many times as often. */
  function tellProgress(): void {
    const now = ports.clock.boot();
    if (now - toldMs < PROGRESS_MS) return;
    toldMs = now;
    ports.onChange();
  }

  function setOf(patientId: string, row: ReplayRow, observedMs: number): NewSet {
    const now = ports.clock.wall();
    return {
      patientId,
      observedAt: isoTime(observedMs),
      observedMs,
      receivedAt: isoTime(now),
      receivedMs: now,
      receivedBootMs: ports.clock.boot(),
      bootId: ports.clock.bootId(),
      source: { kind: 'demonstration', name: SOURCE },
      values: row.values,
      messageId: null,
      enteredBy: null,
    };
  }

  return {
    state: () => state,
    start: (write, draft, text, speed, isFile = false) => {
      const table = isFile ? readReplayFile(text, isoTime(ports.clock.wall())) : readReplayTable(text);
      if (!table.ok && isFile)
        return refused('file-unreadable', { reason: 'not-understood', line: table.line });
      if (!table.ok) return refused('invalid-request', { line: table.line, problem: table.problem });
      if (state?.running === true) return refused('not-allowed-now', { reason: 'demonstration-running' });
      const before = draft.demonstration();
      if (before !== null) draft.leave(write, before.patient.id);
      const id = ports.ids.next();
      const names = ports.names();
      draft.admit(
        write,
        {
          id,
          name: names.patient,
          identifier: `DEMO-${id.slice(0, 8).toUpperCase()}`,
          birthDate: null,
          sex: 'unknown',
          pregnant: false,
          spo2Scale: 1,
          demonstration: true,
        },
        names.bed,
        false,
      );
      return ok({
        play: () => {
          halt();
          state = { running: true, speed, isFile, through: 0, rows: table.rows.length };
          ports.onChange();
          play(id, table.rows, speed);
        },
      });
    },
    stop: (write, draft) => {
      const before = draft.demonstration();
      if (before === null) return refused('not-allowed-now', { reason: 'no-demonstration' });
      draft.leave(write, before.patient.id);
      return ok({
        halt: () => {
          halt();
          state = null;
          ports.onChange();
        },
      });
    },
    close: halt,
  };
}
