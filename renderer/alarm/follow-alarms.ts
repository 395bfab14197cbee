/**
 * The alarm's sound from the ward that this window shows: whatever view is open, whether the window is seen or not,
 * with or without somebody signed in.
 */
import { audibleLevel } from '../../app/alerting/sound/audible.ts';
import type { SoundFault } from '../../app/alerting/sound/fault.ts';
import type { SoundLevel } from '../../app/alerting/sound/pattern.ts';
import type { Core } from '../shell/core.ts';
import type { WardState } from '../shell/ward-state.ts';
import { type Output, useSound } from './output.ts';
import { createScheduler } from './scheduler.ts';

/** A core that is started again is back sooner; after it the ward is no longer watched (ms). Ours. */
const CUT_AFTER_MS = 10_000;
/** Audio off ends and a line counts as cut by time alone (ms). */
const LOOK_EVERY_MS = 500;
/** Outputs are looked at so often beside their own events, which some drivers never send (ms). Ours. */
const CHECK_EVERY_MS = 30_000;

/** What must sound of what the window knows. @param lostForMs how long the line to the core has been lost. */
export function levelOf(ward: WardState, lostForMs: number, nowMs: number): SoundLevel | null {
  if (ward.system === null) return null;
  return audibleLevel({
    alerts: Object.values(ward.alerts),
    technical: ward.technical,
    hasPatients: Object.values(ward.beds).some(({ view }) => !view.patient.demonstration),
    isCut: ward.system.setUp && lostForMs >= CUT_AFTER_MS,
    audioOff: ward.system.alarm.audioOff,
    nowMs,
  });
}

export interface WardSource {
  getState(): WardState;
  subscribe(listener: () => void): () => void;
}

/** Follows until the window ends. */
export function followAlarms(ward: WardSource, core: Core, output: Output): void {
  const scheduler = createScheduler({
    now: () => performance.now(),
    later: (call, afterMs) => {
      const timer = setTimeout(call, afterMs);
      return () => clearTimeout(timer);
    },
    begin: output.begin,
  });
  output.onRunning(scheduler.restart);

  let lostSince: number | null = null;
  let isReported = false;
  const look = (): void => {
    const state = ward.getState();
    const now = performance.now();
    if (state.connection === 'connected') lostSince = null;
    else lostSince ??= now;
    const sounding = levelOf(state, lostSince === null ? 0 : now - lostSince, Date.now());
    scheduler.want(sounding);
    if (useSound.getState().sounding !== sounding) useSound.setState({ sounding });
    // A new core knows nothing of this window's output.
    if (state.connection === 'lost') isReported = false;
    else if (!isReported && state.system !== null) void check();
  };

  let told: SoundFault | null | undefined;
  async function check(): Promise<void> {
    const fault = await output.look();
    useSound.setState({ fault, known: true, playTone: () => void output.begin('high') });
    if (ward.getState().connection === 'lost' || (isReported && fault === told)) return;
    isReported = true;
    told = fault;
    await core.command('alarm.report-output', { fault });
  }
  ward.subscribe(look);
  setInterval(look, LOOK_EVERY_MS);
  setInterval(() => void check(), CHECK_EVERY_MS);
  output.onChange(() => void check());
  look();
}
