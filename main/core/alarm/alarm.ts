/**
 * The alarm's sound, as far as the core keeps it: who has put it off until when, and whether it can be heard. What
 * sounds is worked out at the workstation, from the alerts that it shows.
 *
 * In memory first, then on the disk: a store that takes nothing never keeps a ward silent.
 */

import type { AlertTransition } from '../../../app/alerting/alert.ts';
import { AUDIO_OFF_MOST_MINUTES, isAudioOff } from '../../../app/alerting/sound/audible.ts';
import { type OutputLevel, type SoundFault, unheardReason } from '../../../app/alerting/sound/fault.ts';
import { ok } from '../../../app/contract/outcome.ts';
import type { AlarmView, PersonView } from '../../../app/contract/views.ts';
import { appendAudit } from '../audit/audit.ts';
import { type Clock, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store } from '../store/database.ts';
import { readSettings, writeSettings } from '../store/settings.ts';
import type { Technical } from '../technical/technical.ts';
import type { CommandHandlers } from '../terminal/calls.ts';
import type { Bed } from '../ward/bed.ts';
import type { BedTransition } from '../ward/draft-alerts.ts';

export interface Alarm {
  view(): AlarmView;
  /** An alert has moved: a high one that asks anew ends the time without sound. */
  moved(moved: BedTransition): void;
  close(): void;
  readonly commands: Pick<
    CommandHandlers,
    'alarm.audio-off' | 'alarm.audio-on' | 'alarm.answer-tone' | 'alarm.report-output'
  >;
}

export interface AlarmPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly technical: Technical;
  readonly people: () => readonly PersonView[];
  readonly beds: () => readonly Bed[];
  /** For how long the site lets sound be put off. */
  readonly minutes: () => number;
  readonly onChange: () => void;
  /** How loud the system's output is set; null where nothing tells it. */
  readonly level: () => Promise<OutputLevel | null>;
}

/**
 * A high alert that comes to the ward like this ends the time without sound: it is news to whoever put it off. One
 * that climbs is not: it was known, its light flashes, and whoever has put it off has it in hand for those minutes.
 */
const NEWS: readonly AlertTransition['cause'][] = ['fired', 'came-back', 'snooze-broken', 're-raised'];

/** Somebody turns it down and forgets: seen within so long (ms). Ours. */
const LEVEL_EVERY_MS = 30_000;

export function createAlarm(ports: AlarmPorts): Alarm {
  const { store, clock, log, technical } = ports;
  let { audioOff, toneAnswer } = readSettings(store.read);
  let reported: SoundFault | null = null;
  let level: OutputLevel | null = null;
  let levelTimer: ReturnType<typeof setInterval> | undefined;
  tellFault();

  const nameOf = (id: string): string => ports.people().find((person) => person.id === id)?.name ?? '';

  function offNow(): AlarmView['audioOff'] {
    if (audioOff === null) return null;
    const off = {
      since: isoTime(audioOff.sinceMs),
      until: isoTime(audioOff.untilMs),
      by: nameOf(audioOff.by),
    };
    return isAudioOff(off, clock.wall()) ? off : null;
  }

  function view(): AlarmView {
    return {
      audioOff: offNow(),
      audioOffMinutes: ports.minutes(),
      level,
      tone:
        toneAnswer === null
          ? null
          : { heard: toneAnswer.heard, at: isoTime(toneAnswer.atMs), by: nameOf(toneAnswer.by) },
    };
  }

  /** Sound is on again. It is so even where it cannot be written down. */
  function soundOn(actor: string, alertId: string | null): void {
    if (audioOff === null) return;
    const wasOff = offNow() !== null;
    audioOff = null;
    ports.onChange();
    try {
      store.transaction((write) => {
        writeSettings(write, { audioOff: null });
        if (wasOff)
          appendAudit(write, isoTime(clock.wall()), {
            actor,
            action: 'alarm.audio-on',
            subject: alertId,
            detail: {},
          });
      });
    } catch (error) {
      log('error', 'audio-on-not-kept', { reason: reasonOf(error) });
    }
  }

  /** One technical alert for whatever keeps the alarm from being heard. */
  function tellFault(): void {
    const reason = unheardReason(reported, level, toneAnswer);
    if (reason === null) technical.clear('alarm-unheard', null);
    else technical.raise('alarm-unheard', null, { reason });
  }

  async function lookAtLevel(): Promise<void> {
    const now = await ports.level();
    if (JSON.stringify(now) === JSON.stringify(level)) return;
    level = now;
    tellFault();
    ports.onChange();
  }

  return {
    view,
    close: () => clearInterval(levelTimer),
    moved: ({ transition, bed: { patient } }) => {
      if (transition.alert.priority !== 'high' || !NEWS.includes(transition.cause)) return;
      // What does not sound beside real patients ends nothing either.
      const hasPatients = ports.beds().some((bed) => !bed.patient.demonstration);
      if (!(patient.demonstration && hasPatients)) soundOn('system', transition.alert.id);
    },
    commands: {
      'alarm.audio-off': (_, call) => {
        const sinceMs = clock.wall();
        const minutes = Math.min(ports.minutes(), AUDIO_OFF_MOST_MINUTES);
        const wanted = { sinceMs, untilMs: sinceMs + minutes * 60_000, by: call.person.id };
        const done = call.commit(null, { minutes }, (write) => {
          writeSettings(write, { audioOff: wanted });
          return ok({});
        });
        if (!done.ok) return done;
        audioOff = wanted;
        ports.onChange();
        return ok(view());
      },
      'alarm.audio-on': (_, { session }) => {
        soundOn(session.person()?.id ?? 'nobody', null);
        return ok(view());
      },
      'alarm.answer-tone': ({ heard }, call) => {
        const answer = { heard, atMs: clock.wall(), by: call.person.id };
        const done = call.commit(null, { heard }, (write) => {
          writeSettings(write, { toneAnswer: answer });
          return ok({});
        });
        if (!done.ok) return done;
        toneAnswer = answer;
        tellFault();
        ports.onChange();
        return ok(view());
      },
      'alarm.report-output': ({ fault }) => {
        reported = fault;
        tellFault();
        // Only where a window sounds: a core without one needs no loudspeaker.
        if (levelTimer === undefined) {
          levelTimer = setInterval(() => void lookAtLevel(), LEVEL_EVERY_MS);
          void lookAtLevel();
        }
        return ok({});
      },
    },
  };
}
