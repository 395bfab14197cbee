import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { heardPulses } from '../../app/alerting/sound/heard.ts';
import { BURSTS } from '../../app/alerting/sound/pattern.ts';
import { asAudioContext, asMediaDevices, FakeAudioContext, FakeDevices } from './fake-audio.ts';
import { type Output, openOutput } from './output.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';

const RATE = 16_000;
let context: FakeAudioContext;
let devices: FakeDevices;
let output: Output;
let scheduler: Scheduler;

beforeEach(() => {
  vi.useFakeTimers();
  context = new FakeAudioContext();
  devices = new FakeDevices();
  output = openOutput(asAudioContext(context), asMediaDevices(devices));
  const startMs = performance.now();
  const now = () => performance.now() - startMs;
  scheduler = createScheduler({
    now,
    later: (call, afterMs) => {
      const timer = setTimeout(call, afterMs);
      return () => clearTimeout(timer);
    },
    begin: (level) => {
      context.currentTime = now() / 1_000;
      const cut = output.begin(level);
      return () => {
        context.currentTime = now() / 1_000;
        cut();
      };
    },
  });
  output.onRunning(scheduler.restart);
});
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): void => void vi.advanceTimersByTime(ms);
/** When pulses begin, in whole tenths of a second. */
const heard = (seconds: number) => heardPulses(context.samples(seconds, RATE), RATE);

it('sounds burst after burst, and is silent when told so', () => {
  const { durationMs, intervalMs } = BURSTS.high;
  scheduler.want('high');
  pass(2 * (durationMs + intervalMs) - 1_000);
  expect(heard(20)).toHaveLength(20);
  scheduler.want(null);
  pass(60_000);
  expect(heard(80)).toHaveLength(20);
});

it('is told the same again and again, and begins nothing anew', () => {
  scheduler.want('medium');
  for (let told = 0; told < 40; told++) {
    pass(100);
    scheduler.want('medium');
  }
  expect(heard(5)).toHaveLength(3);
});

it('acknowledged in the middle of a burst: silent at once', () => {
  scheduler.want('high');
  pass(300);
  scheduler.want(null);
  pass(30_000);
  const pulses = heard(31);
  expect(pulses.length).toBe(2);
  expect((pulses.at(-1)?.startMs ?? 0) + (pulses.at(-1)?.durationMs ?? 0)).toBeLessThan(330);
});

it('a graver one interrupts: ten high pulses from that moment, and none of the rest of the low burst', () => {
  scheduler.want('low');
  pass(150);
  scheduler.want('high');
  pass(BURSTS.high.durationMs + 500);
  const pulses = heard(5);
  // What sounded of the low pulse, then the burst: together without a pause, for the first.
  const pitches = pulses.map(({ pitchHz }) => Math.round(pitchHz / 10) * 10);
  expect(pulses.filter(({ startMs }) => startMs > 160)).toHaveLength(9);
  expect(pitches.slice(1).every((pitch) => Math.abs(pitch - 520) <= 20)).toBe(true);
});

it('an output that stood still sounds nothing late, and begins anew when it runs', () => {
  context.wakes = false;
  context.become('suspended');
  scheduler.want('high');
  pass(20_000);
  expect(context.oscillators).toHaveLength(0);
  context.become('running');
  pass(BURSTS.high.durationMs);
  const pulses = heard(25);
  expect(pulses).toHaveLength(10);
  expect(pulses[0]?.startMs).toBeGreaterThan(19_900);
});

it('finds no output, one that takes no sound, and one that does', async () => {
  devices.kinds = ['audioinput', 'videoinput'];
  expect(await output.look()).toBe('no-output');
  devices.kinds = ['audiooutput'];
  context.wakes = false;
  context.become('suspended');
  expect(await output.look()).toBe('not-running');
  context.wakes = true;
  expect(await output.look()).toBeNull();
});
