/**
 * The open technical alerts. They live in memory, because the first thing that they must tell is a store that takes
 * nothing; their history is written when it does again. Nothing here throws at whoever raises one.
 */
import {
  TECHNICAL_EVENTS,
  type TechnicalAlert,
  type TechnicalCode,
  type TechnicalParameters,
} from '../../../app/technical/technical.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store } from '../store/database.ts';
import { readOpenTechnical, writeTechnical } from './technical-table.ts';

export interface Technical {
  /** Says that something is wrong. While it is said already, only its parameters are brought up to date. */
  raise(code: TechnicalCode, subject: string | null, parameters?: TechnicalParameters): void;
  /** Says that it is over; what is not open is left alone. */
  clear(code: TechnicalCode, subject: string | null): void;
  /** Somebody has seen it. False where no such alert is open. */
  acknowledge(id: string, person: string): boolean;
  /** Oldest first. */
  open(): TechnicalAlert[];
  /** Writes what has changed, once a second; what a store refuses waits for the next time. */
  keep(): void;
}

export interface TechnicalPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly onChange: (open: TechnicalAlert[]) => void;
}

interface Unwritten {
  readonly alert: TechnicalAlert;
  readonly clearedMs: number | null;
}

export function createTechnical({ store, clock, ids, log, onChange }: TechnicalPorts): Technical {
  const open = new Map<string, TechnicalAlert>();
  const unwritten = new Map<string, Unwritten>();
  let isRefused = false;
  takeUp();

  const keyOf = (code: TechnicalCode, subject: string | null) => JSON.stringify([code, subject]);
  const changed = (alert: TechnicalAlert, clearedMs: number | null): void => {
    const key = keyOf(alert.code, alert.subject);
    if (clearedMs === null) open.set(key, alert);
    else open.delete(key);
    unwritten.set(alert.id, { alert, clearedMs });
    onChange([...open.values()]);
  };

  return {
    raise: (code, subject, parameters = {}) => {
      const known = open.get(keyOf(code, subject));
      if (known === undefined) {
        const at = isoTime(clock.wall());
        log('warn', 'technical-alert', { code });
        changed(
          {
            id: ids.next(),
            code,
            subject,
            parameters,
            raisedAt: at,
            acknowledgedBy: null,
            acknowledgedAt: null,
          },
          null,
        );
      } else if (JSON.stringify(known.parameters) !== JSON.stringify(parameters))
        changed({ ...known, parameters }, null);
    },
    clear: (code, subject) => {
      const known = open.get(keyOf(code, subject));
      if (known !== undefined) changed(known, clock.wall());
    },
    acknowledge: (id, person) => {
      const known = [...open.values()].find((alert) => alert.id === id);
      if (known === undefined) return false;
      const now = clock.wall();
      const seen = { ...known, acknowledgedBy: person, acknowledgedAt: isoTime(now) };
      changed(seen, TECHNICAL_EVENTS.includes(known.code) ? now : null);
      return true;
    },
    open: () => [...open.values()],
    keep: () => {
      if (unwritten.size === 0) return;
      const waiting = [...unwritten.values()];
      try {
        store.transaction((write) => {
          for (const { alert, clearedMs } of waiting) writeTechnical(write, alert, clearedMs);
        });
        for (const { alert, clearedMs } of waiting) {
          const now = unwritten.get(alert.id);
          if (now?.alert === alert && now.clearedMs === clearedMs) unwritten.delete(alert.id);
        }
        isRefused = false;
      } catch (error) {
        // Said once: it is tried again each second, and the store's own alert is on the screen.
        if (!isRefused) log('error', 'technical-alert-not-kept', { reason: reasonOf(error) });
        isRefused = true;
      }
    },
  };

  /** What happened once is still to be seen; whether anything else still holds is found out anew. */
  function takeUp(): void {
    try {
      for (const alert of readOpenTechnical(store.read)) {
        if (TECHNICAL_EVENTS.includes(alert.code))
          open.set(JSON.stringify([alert.code, alert.subject]), alert);
        else unwritten.set(alert.id, { alert, clearedMs: clock.wall() });
      }
    } catch (error) {
      log('error', 'technical-alerts-unreadable', { reason: reasonOf(error) });
    }
  }
}
