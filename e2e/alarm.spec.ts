/** The alarm's sound, as samples on their way to the loudspeaker; audio off and its end; what a workstation without sound says. */
import type { Page } from '@playwright/test';
import type { HeardPulse } from '../app/alerting/sound/heard.ts';
import { BURSTS, type SoundLevel } from '../app/alerting/sound/pattern.ts';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { tapSound } from './sound-tap.ts';
import { ADMINISTRATOR, call, mllpPort, setUpWard, snapshot } from './ward-steps.ts';

const HIGH = { rr: 26, spo2: 90, temp: 38.6, sbp: 104, dbp: 68, hr: 101 } as const;
const MEDIUM = { rr: 22, spo2: 95, temp: 38.4, sbp: 132, dbp: 78, hr: 92 } as const;

/** What was already on its way to the tap when the sound was cut off. */
const SETTLE_MS = 1_000;

/** A burst and the silence after it. */
const periodMs = (level: SoundLevel): number => BURSTS[level].durationMs + BURSTS[level].intervalMs;
/** So long that one whole burst is heard, whenever the listening begins. */
const wholeMs = (level: SoundLevel): number => periodMs(level) + BURSTS[level].durationMs + 2 * SETTLE_MS;

/** The whole bursts in what was heard: pulses that begin less than two seconds after the one before. */
function burstsOf(pulses: readonly HeardPulse[]): HeardPulse[][] {
  const bursts: HeardPulse[][] = [];
  for (const pulse of pulses) {
    const last = bursts.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && pulse.startMs - before.startMs < 2_000)
      last.push(pulse);
    else bursts.push([pulse]);
  }
  return bursts;
}

/** What was heard has this burst whole, pulse by pulse: when, how long, how high. */
function expectBurst(pulses: readonly HeardPulse[], level: SoundLevel): void {
  const { pulses: planned } = BURSTS[level];
  const whole = burstsOf(pulses).find((burst) => burst.length === planned.length);
  expect(whole, `a whole ${level} burst in ${JSON.stringify(pulses)}`).toBeDefined();
  const [first] = whole ?? [];
  for (const [index, pulse] of planned.entries()) {
    const one = whole?.[index];
    expect(Math.abs((one?.startMs ?? 0) - (first?.startMs ?? 0) - pulse.startMs)).toBeLessThan(25);
    expect(Math.abs((one?.pitchHz ?? 0) / pulse.fundamentalHz - 1)).toBeLessThan(0.06);
  }
}

async function signIn(page: Page): Promise<void> {
  const [person] = (await snapshot(page)).people;
  await call(page, 'commands', 'session.sign-in', { personId: person?.id, pin: ADMINISTRATOR.pin });
}

const VIEWS = ['Ward', 'Alerts', 'Enter', 'Patients', 'Knowledge', 'Review', 'System'] as const;

test('a high alert sounds as its pattern, on every view and hidden; audio off has an end that everybody sees; acknowledged is silent', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(300_000);
  const program = await ward.launch();
  const { page, electron } = program;
  const sound = await tapSound(program);
  await setUpWard(page);
  const port = await mllpPort(page);
  // A line for each: one that is idle for a minute is closed.
  const send = async (bed: string, vitals: typeof HIGH | typeof MEDIUM) => {
    const monitor = await connectMonitor(port);
    await monitor.send(oruMessage({ bed, patientId: `P${bed}`, controlId: `S${bed}`, ...vitals }));
    monitor.close();
  };
  const off = page.getByText(/^Audio off until \d\d:\d\d$/);
  const putOff = page.getByRole('button', { name: /^Audio off for/ });
  const acknowledge = async (bed: string) => {
    for (const alert of (await snapshot(page)).alerts.filter((one) => one.bed === bed))
      if (alert.state === 'active' || alert.state === 'escalated')
        await call(page, 'commands', 'alert.act', {
          alertId: alert.id,
          expectedVersion: (await snapshot(page)).alerts.find(({ id }) => id === alert.id)?.version,
          action: 'reviewed',
          reason: null,
          minutes: null,
        }).catch((error: unknown) => expect(String(error)).toContain('not-allowed-now'));
  };

  await test.step('a quiet ward is silent', async () => {
    await expect(putOff).toBeVisible();
    expect(await sound.listen(3_000)).toEqual([]);
    await lookAtBoth(program, 'alarm-on');
  });
  await test.step('medium: three pulses', async () => {
    await send('05', MEDIUM);
    await expect.poll(async () => (await snapshot(page)).alerts.length).toBeGreaterThan(0);
    expectBurst(await sound.listen(wholeMs('medium')), 'medium');
  });
  await test.step('high: ten pulses, three and two, twice; then silence', async () => {
    await send('01', HIGH);
    const pulses = await sound.listen(wholeMs('high'));
    expectBurst(pulses, 'high');
    const [first, second] = burstsOf(pulses);
    const silence = (second?.[0]?.startMs ?? 0) - (first?.at(-1)?.startMs ?? 0);
    expect(silence).toBeGreaterThan(BURSTS.high.intervalMs * 0.9);
  });
  await test.step('another view open, and the window hidden: it sounds', async () => {
    await page.getByRole('link', { name: 'System' }).click();
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    expectBurst(await sound.listen(wholeMs('high')), 'high');
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  });
  await test.step('audio off: silence, and its end on every view', async () => {
    await putOff.click();
    for (const view of VIEWS) {
      await page.getByRole('link', { name: view }).first().click();
      await expect(off, view).toBeVisible();
    }
    await page.getByRole('link', { name: 'Ward' }).first().click();
    await page.waitForTimeout(SETTLE_MS);
    expect(await sound.listen(periodMs('high') + 1_000)).toEqual([]);
    await lookAtBoth(program, 'alarm-off');
    await page.getByRole('button', { name: 'Theme: Night' }).click();
    await lookAtBoth(program, 'alarm-off-night');
    await page.getByRole('button', { name: 'Theme: Day' }).click();
  });
  await test.step('it outlives a reload, and anybody turns the sound on again', async () => {
    await page.reload();
    await expect(off).toBeVisible();
    expect(await sound.listen(3_000)).toEqual([]);
    await sound.forget();
    await page.getByRole('button', { name: 'Turn the alarm sound on' }).click();
    await expect(off).toBeHidden();
    await page.waitForTimeout(BURSTS.high.durationMs + 2_000);
    expectBurst(await sound.heard(), 'high');
  });
  await test.step('a new high alert ends it', async () => {
    await signIn(page);
    await putOff.click();
    await expect(off).toBeVisible();
    await page.waitForTimeout(SETTLE_MS);
    expect(await sound.listen(2_000)).toEqual([]);
    await send('02', HIGH);
    await expect(off).toBeHidden();
    expectBurst(await sound.listen(wholeMs('high')), 'high');
  });
  await test.step('all acknowledged: silence', async () => {
    for (const bed of ['01', '02', '05']) await acknowledge(bed);
    await expect
      .poll(async () => (await snapshot(page)).alerts.filter(({ state }) => state === 'active').length)
      .toBe(0);
    await page.waitForTimeout(SETTLE_MS);
    expect(await sound.listen(periodMs('high') + 1_000)).toEqual([]);
  });
  await test.step('the test tone is heard, and who heard it stays', async () => {
    await page.getByRole('link', { name: 'System' }).click();
    const panel = page.getByRole('region', { name: 'Alarm sound' });
    await expect(panel.getByText('Nobody has heard the test tone')).toBeVisible();
    await sound.forget();
    await panel.getByRole('button', { name: 'Play the test tone' }).click();
    await page.waitForTimeout(BURSTS.high.durationMs + 1_000);
    expectBurst(await sound.heard(), 'high');
    await panel.getByRole('button', { name: 'I heard it' }).click();
    await expect(panel.getByText(`${ADMINISTRATOR.name} heard the test tone`)).toBeVisible();
    await lookAtBoth(program, 'alarm-system');
  });
});

test('a workstation without a sound output says so on the ward, and what to do', {
  tag: '@full',
}, async ({ ward }) => {
  const program = await ward.launch({ isMute: true });
  const { page } = program;
  await setUpWard(page);
  // A machine with a loudspeaker has nothing to say.
  const outputs = await page.evaluate(
    async () =>
      (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audiooutput').length,
  );
  test.skip(outputs > 0, 'this machine has a sound output');
  await expect(page.getByRole('button', { name: 'No alarm sound' })).toBeVisible();
  await lookAtBoth(program, 'alarm-unheard');
  await page.getByRole('link', { name: 'Alerts' }).click();
  await expect(page.getByText('it has no sound output').first()).toBeVisible();
  await page.getByRole('button', { name: 'No alarm sound' }).click();
  await expect(page.getByText('Connect and switch on a loudspeaker', { exact: false })).toBeInViewport();
  await lookAtBoth(program, 'alarm-unheard-system');
});
