/**
 * Time and identity, as ports, so that tests can hold both still.
 *
 * Wall time is for the record. Ages are counted on boot time, which goes on while the machine sleeps and never goes
 * back: a value taken before a suspend is old afterwards, and a corrected clock makes nothing look fresh.
 */
import { randomUUID } from 'node:crypto';
import { openSync, readFileSync, readSync } from 'node:fs';

export interface Clock {
  /** Milliseconds since 1970, for the record. May jump. */
  wall(): number;
  /**
   * Milliseconds since a moment that stays the same while this program runs, suspend included: on Linux the start of
   * the machine, elsewhere that of the program. Never goes back.
   */
  boot(): number;
  /** Names this start of the machine, so that boot times of two program runs can be compared; null if unknown. */
  bootId(): string | null;
}

export interface Ids {
  /** A new random identifier (UUID version 4). */
  next(): string;
}

/**
 * The machine's clocks. On Linux `/proc/uptime` is CLOCK_BOOTTIME (proc_uptime(5): "including time spent in
 * suspend"), resolution 10 ms. Elsewhere boot time advances by the larger step of wall and monotonic time, because
 * not every monotonic clock counts suspend: a wall clock that is set forward then makes values look older, and
 * nothing makes them look fresher.
 */
export function systemClock(): Clock {
  const uptime = readUptime();
  const bootId = readBootId();
  return {
    wall: () => Date.now(),
    boot: uptime === null ? monotonicWithWallFloor() : () => readUptime() ?? uptime,
    bootId: () => bootId,
  };
}

export function randomIds(): Ids {
  return { next: () => randomUUID() };
}

/** `/proc/uptime` stays open: it is asked with every commit, and opening it costs several times as much as the answer. */
let uptimeFile: number | null = null;
const uptimeText = Buffer.alloc(64);

function readUptime(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    uptimeFile ??= openSync('/proc/uptime', 'r');
    const length = readSync(uptimeFile, uptimeText, 0, uptimeText.length, 0);
    const seconds = Number.parseFloat(uptimeText.toString('latin1', 0, length));
    return Number.isFinite(seconds) ? Math.round(seconds * 1000) : null;
  } catch {
    return null; // a container may hide /proc; the caller falls back to the monotonic clock
  }
}

function readBootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null; // not Linux, or hidden: ages after a restart then rest on wall time
  }
}

/** Advances by the larger step of the two clocks, so a suspend that the monotonic clock missed still counts. */
function monotonicWithWallFloor(): () => number {
  let wall = Date.now();
  let monotonic = performance.now();
  let boot = monotonic;
  return () => {
    const wallNow = Date.now();
    const monotonicNow = performance.now();
    boot += Math.max(monotonicNow - monotonic, wallNow - wall, 0);
    wall = wallNow;
    monotonic = monotonicNow;
    return Math.round(boot);
  };
}

/** One moment on both clocks: wall for the record, boot for ages (ms). */
export interface Moment {
  readonly wallMs: number;
  readonly bootMs: number;
  /** Names the start of the machine that `bootMs` counts from; absent or null where it is not known. */
  readonly bootId?: string | null;
}

/** Read once for work that belongs together: reading boot time opens a file on Linux. */
export function momentOf(clock: Clock): Moment {
  return { wallMs: clock.wall(), bootMs: clock.boot(), bootId: clock.bootId() };
}

const HOUR_MS = 3_600_000;
/** The hour that was written last, "2026-03-01T10:": moments come in rows of the same hour. */
let hour = { beginMs: Number.NaN, text: '' };

/**
 * ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it, at a fifth of its time: each message and each
 * row of a plot needs some. Throws for a moment that no date can hold.
 */
export function isoTime(ms: number): string {
  const whole = Math.floor(ms);
  const beginMs = Math.floor(whole / HOUR_MS) * HOUR_MS;
  if (beginMs !== hour.beginMs) hour = { beginMs, text: new Date(beginMs).toISOString().slice(0, -10) };
  const inHour = whole - beginMs;
  const minute = Math.floor(inHour / 60_000);
  const second = Math.floor(inHour / 1_000) % 60;
  return `${hour.text}${two(minute)}:${two(second)}.${three(inHour % 1_000)}Z`;
}

function two(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}

function three(number: number): string {
  return number < 100 ? `0${two(number)}` : `${number}`;
}
