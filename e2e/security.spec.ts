/** What the window may not do, tried from inside the window. */

import { readFileSync } from 'node:fs';
import { queries } from '../app/contract/contract.ts';
import { expect, test } from './program.ts';

test('the page runs in a sandboxed process of an unprivileged user and sees nothing of Node', async ({
  ward,
}) => {
  const { page, electron } = await ward.launch();
  expect(
    await page.evaluate(() => [
      typeof Reflect.get(globalThis, 'require'),
      typeof Reflect.get(globalThis, 'process'),
    ]),
  ).toEqual(['undefined', 'undefined']);
  const pid = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  // 2: system calls are filtered, which Chromium does only inside its sandbox.
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).not.toMatch(/^Uid:\s+0\s/m);
});

test('the content security policy is a header, and inline code does not run', async ({ ward }) => {
  const program = await ward.launch();
  const { page } = program;
  const policy = await page.evaluate(async () =>
    (await fetch('app://medobsmind/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    return Reflect.get(globalThis, 'inlineRan') === true;
  });
  expect(ran).toBe(false);
  expect(program.takeComplaints().join()).toContain('Content Security Policy');
});

test('the protocol serves the screens and nothing beside them', async ({ ward }) => {
  const program = await ward.launch();
  const attempts = [
    'app://medobsmind/../package.json',
    'app://medobsmind/%2e%2e/package.json',
    'app://medobsmind/..%2f..%2fpackage.json',
    'app://medobsmind/%2e%2e%5c%2e%2e%5cpackage.json',
    'app://medobsmind//etc/passwd',
    'app://medobsmind/assets',
    'app://medobsmind/index.html%00.js',
  ];
  const answers = await program.page.evaluate(
    (urls) =>
      Promise.all(
        urls.map((url) =>
          fetch(url).then(
            (answer) => answer.status,
            () => 0,
          ),
        ),
      ),
    attempts,
  );
  for (const [index, status] of answers.entries()) expect([0, 404], attempts[index]).toContain(status);
  const elsewhere = await program.page.evaluate(() =>
    Promise.all(
      ['file:///etc/passwd', 'https://example.org/', 'app://other/index.html'].map((url) =>
        fetch(url).then(
          () => 'reached',
          () => 'refused',
        ),
      ),
    ),
  );
  expect(elsewhere).toEqual(['refused', 'refused', 'refused']);
  program.takeComplaints();
});

test('navigation, windows, frames and permissions are refused', async ({ ward }) => {
  const program = await ward.launch();
  const { page, electron } = program;
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull();
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://example.org/';
    document.body.append(frame);
  });
  const permissions = await page.evaluate(() =>
    Promise.all(
      (['geolocation', 'notifications', 'camera', 'clipboard-read'] as PermissionName[]).map(
        async (name) => (await navigator.permissions.query({ name })).state,
      ),
    ),
  );
  expect(permissions).toEqual(['denied', 'denied', 'denied', 'denied']);
  expect(page.url()).toBe(before);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  program.takeComplaints();
});

test('a page that is not the ward’s own window gets no line to the core', async ({ ward }) => {
  const { electron } = await ward.launch();
  const reached = await electron.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/dist/preload/preload.cjs`;
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    // The same page with the same preload: all that is wrong with it is that it is not the ward's window.
    await stranger.loadURL('app://medobsmind/index.html');
    const answer = await stranger.webContents.executeJavaScript(
      `Promise.race([medobs.queries['ward.snapshot']({}).then(() => 'answered'), new Promise((r) => setTimeout(() => r('silence'), 1500))])`,
    );
    stranger.destroy();
    return answer;
  });
  expect(reached).toBe('silence');
});

test('every command is refused without a person, and every call with a wrong shape', async ({ ward }) => {
  const { page } = await ward.launch();
  const refusals = await page.evaluate(async () => {
    const { commands, queries } = (
      globalThis as unknown as {
        medobs: Record<
          string,
          Record<string, (params: unknown) => Promise<{ ok: boolean; error?: { code: string } }>>
        >;
      }
    ).medobs;
    const results: Record<string, string> = {};
    for (const [name, call] of [...Object.entries(commands ?? {}), ...Object.entries(queries ?? {})])
      for (const [shape, params] of [
        ['wrong', { nonsense: 'x'.repeat(10_000), alertId: 7 }],
        ['nothing', null],
        ['list', []],
      ] as const) {
        let outcome = await call(params);
        // So many calls on one line are refused as too many for a while: that is another test's matter.
        while (!outcome.ok && outcome.error?.code === 'not-allowed-now') {
          await new Promise((resolve) => setTimeout(resolve, 250));
          outcome = await call(params);
        }
        results[`${name} ${shape}`] = outcome.ok ? 'done' : (outcome.error?.code ?? '');
      }
    return results;
  });
  // What takes no parameters passes over the ones it is given; locking and the terminal's own settings need nobody.
  const takesNothing = Object.entries(queries)
    .filter(([, { params }]) => params.safeParse({}).success)
    .map(([name]) => name);
  const harmless = new Set(['session.lock', 'terminal.prefer', 'alarm.audio-on', ...takesNothing]);
  expect(Object.keys(refusals).length).toBeGreaterThan(30);
  for (const [call, answer] of Object.entries(refusals)) {
    if (harmless.has(call.split(' ')[0] ?? '') && call.endsWith('wrong')) continue;
    expect(['invalid-request', 'not-signed-in'], call).toContain(answer);
  }
});
