/**
 * The program as the end-to-end tests start it: the built one, in the real Electron, with the real model, as an
 * unprivileged user where the tests run as root, in a folder of its own, listening on a free port.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  expect,
  type Page,
} from '@playwright/test';
import { readyElectronRuntime } from '../scripts/setup/electron-runtime.ts';
import { ROOT } from '../scripts/setup/paths.ts';
import { runsAsRoot, stageForUnprivileged, type UnprivilegedStage } from '../scripts/setup/unprivileged.ts';

export interface Program {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userDataDir: string;
  /** Errors and refusals that the page reported. The fixture insists that there are none left at the end. */
  readonly complaints: readonly string[];
  /** For tests that provoke refusals: returns what was complained of and forgets it. */
  takeComplaints(): string[];
  close(): Promise<void>;
  /** `kill -9` of the shell: nothing of the program gets to say goodbye. */
  kill(): Promise<void>;
}

export interface LaunchSettings {
  /** A folder of an earlier run; a fresh one otherwise. */
  readonly userDataDir?: string;
  readonly options?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** With the machine's own sound output, or none: otherwise Chromium invents one. */
  readonly isMute?: boolean;
}

/** Chromium's switch for invented devices: a machine of tests has no loudspeaker, which the program would complain of. */
const SOUND_OUTPUT = '--use-fake-device-for-media-stream';

interface Ward {
  /** A fresh folder for a ward's record, gone after the test. */
  freshUserDataDir(): string;
  launch(settings?: LaunchSettings): Promise<Program>;
}

export const test = base.extend<{ ward: Ward }, { stage: UnprivilegedStage | null }>({
  stage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape
    async ({}, use) => {
      const stage = runsAsRoot ? await stageForUnprivileged() : null;
      await use(stage);
      stage?.remove();
    },
    { scope: 'worker' },
  ],
  ward: async ({ stage }, use) => {
    const folders: string[] = [];
    const running: Program[] = [];
    const freshUserDataDir = (): string => {
      const folder = mkdtempSync(join(tmpdir(), 'medobsmind-e2e-'));
      stage?.give(folder);
      folders.push(folder);
      return folder;
    };
    await use({
      freshUserDataDir,
      async launch(settings = {}) {
        const program = await launch(settings.userDataDir ?? freshUserDataDir(), settings, stage);
        running.push(program);
        return program;
      },
    });
    for (const program of running) await program.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    for (const program of running) expect(program.complaints, 'complaints of the page').toEqual([]);
  },
});

export { expect };

/** What starts the program here, and with which words before the program's own. */
export function programCommand(
  folder: string,
  stage: UnprivilegedStage | null,
): { executable: string; words: string[]; environment: Record<string, string> } {
  const runtime = readyElectronRuntime();
  if (runtime === null) throw new Error('No Electron is ready here: run npm test, which sets it up.');
  return {
    executable: stage ? stage.launcher(folder, runtime.executable) : runtime.executable,
    words: [stage?.root ?? ROOT, '--user-data-dir', folder],
    environment: { UV_THREADPOOL_SIZE: '8' },
  };
}

async function launch(
  folder: string,
  settings: LaunchSettings,
  stage: UnprivilegedStage | null,
): Promise<Program> {
  const command = programCommand(folder, stage);
  const application = await electron.launch({
    executablePath: command.executable,
    args: [
      ...command.words,
      ...(settings.isMute === true ? [] : [SOUND_OUTPUT]),
      '--mllp-port',
      '0',
      ...(settings.options ?? []),
    ],
    env: { ...cleanEnvironment(), ...command.environment, ...settings.environment },
    chromiumSandbox: true,
  });
  const page = await application.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  let open = true;
  const process = application.process();
  return {
    electron: application,
    page,
    userDataDir: folder,
    complaints,
    takeComplaints: () => complaints.splice(0),
    async close() {
      if (!open) return;
      open = false;
      await application.close();
    },
    async kill() {
      open = false;
      const gone = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await gone;
    },
  };
}

/** The test runner's environment without what would change the program. */
function cleanEnvironment(): Record<string, string> {
  const { NODE_OPTIONS: _options, ELECTRON_RUN_AS_NODE: _asNode, ...environment } = process.env;
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
