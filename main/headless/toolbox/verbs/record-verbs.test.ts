/** backup, restore and audit as a script uses them: beside a ward at work, and on a machine that has only the key. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testFolder } from '../../../core/testing/ports.ts';
import { granted, startCore } from '../../../core/testing/running-core.ts';

const TASK = fileURLToPath(new URL('../../../../scripts/tasks/tool.ts', import.meta.url));

let ward: ReturnType<typeof testFolder>;
let place: ReturnType<typeof testFolder>;
beforeEach(() => {
  ward = testFolder();
  place = testFolder();
});
afterEach(() => {
  ward.remove();
  place.remove();
});

function tool(...words: string[]): { status: number | null; line: unknown } {
  const run = spawnSync(process.execPath, [TASK, ...words], { encoding: 'utf8' });
  const [line = ''] = run.stdout.trim().split('\n');
  return { status: run.status, line: line === '' ? null : JSON.parse(line) };
}

it('backs up a ward at work, restores it elsewhere with the key, and verifies the chain', {
  timeout: 120_000,
}, async () => {
  const running = await startCore(ward.path);
  const terminal = running.terminal();
  const administrator = { name: 'Mira', pin: '1234' };
  granted(await terminal.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator }));
  const out = join(place.path, 'b.backup');
  const backUp = () => tool('backup', '--user-data-dir', ward.path, '--out', out);
  expect(backUp()).toMatchObject({ status: 1, line: { error: { code: 'no-recovery-key' } } });
  expect(existsSync(out)).toBe(false);
  const { key, group } = granted(await terminal.command('recovery-key.create', {}));
  granted(await terminal.command('recovery-key.confirm', { typed: key.split('-')[group - 1] ?? '' }));
  expect(backUp()).toMatchObject({ status: 0, line: { audit_rows: 4 } });
  granted(await terminal.command('audit.export', { folder: place.path }));
  expect(tool('audit', 'verify', '--user-data-dir', ward.path, '--heads', place.path)).toMatchObject({
    status: 0,
    line: { ok: true, rows: 5 },
  });
  await running.core.close();

  const keyFile = join(place.path, 'key.txt');
  const elsewhere = join(place.path, 'elsewhere');
  const restore = () => tool('restore', out, '--user-data-dir', elsewhere, '--recovery-key-file', keyFile);
  writeFileSync(keyFile, key.replace(/^./, key.startsWith('7') ? '8' : '7'));
  expect(restore()).toMatchObject({ status: 1, line: { error: { code: 'key-wrong' } } });
  writeFileSync(keyFile, `${key}\n`);
  expect(restore()).toMatchObject({ status: 0, line: { audit_rows: 4 } });
  expect(tool('audit', 'verify', '--user-data-dir', elsewhere)).toMatchObject({
    status: 0,
    line: { ok: true, rows: 5, restored_at: [expect.any(String)] },
  });
  // The exported heads were signed before the restore: what the backup lacks is told apart from a cut.
  expect(tool('audit', 'verify', '--user-data-dir', elsewhere, '--heads', place.path)).toMatchObject({
    status: 0,
    line: { ok: true, left_behind: 1 },
  });
  const again = await startCore(elsewhere);
  const state = granted(await again.terminal().query('ward.snapshot', {}));
  expect(state.people).toMatchObject([{ name: 'Mira' }]);
  await again.core.close();
});

it('says what is missing in one line and changes nothing', { timeout: 60_000 }, () => {
  const inEmpty = ['--user-data-dir', ward.path, '--recovery-key-file', join(place.path, 'none')];
  expect(tool('backup', '--user-data-dir', ward.path, '--out', join(place.path, 'x')).status).toBe(2);
  expect(tool('audit', 'look', '--user-data-dir', ward.path).status).toBe(2);
  expect(tool('restore', join(place.path, 'none'), '--user-data-dir', ward.path).status).toBe(2);
  expect(tool('restore', join(place.path, 'none'), ...inEmpty).status).toBe(1);
});
