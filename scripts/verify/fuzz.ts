/**
 * `verify -- fuzz`: damaged monitor traffic through a whole core over its socket. It must not crash, hang or grow, keep
 * nothing implausible and nothing from the future, and still take the good message that follows each volley.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RECORD_FILE } from '../../main/core/open-record.ts';
import { openReadOnly } from '../../main/core/store/database.ts';
import { type FuzzAccount, readFuzzed, wrongWith } from '../../main/core/testing/fuzz-reading.ts';
import { fuzzedFrame, fuzzSeeds } from '../../main/core/testing/fuzzed-frames.ts';
import {
  connectSender,
  framed,
  oruText,
  type RunningCore,
  startCore,
} from '../../main/core/testing/running-core.ts';
import { readCommitted } from '../../main/core/ward/observations-table.ts';
import { sqliteBindingOf } from '../../main/headless/engine.ts';
import { REPORTS_DIR, ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { upperBound } from './bound.ts';
import { openProgress } from './progress-file.ts';

/** Frames that are sent before a good message is asked for its answer. */
const VOLLEY = 50;
/** Frames of one record: damaged names admit invented patients, and a ward has 64 beds, not thousands. */
const FRAMES_A_RECORD = 5_000;
/** Longest that reading one frame may take, and how often a slow one is measured again. */
const LONGEST_MS = 50;
const MEASURED_AGAIN = 5;
const ANSWER_LIMIT_MS = 30_000;
const MOST_GROWTH_BYTES = 50 * 1024 * 1024;

export async function verifyFuzz(count: number, restart: boolean): Promise<number> {
  const seeds = fuzzSeeds();
  const { progress, save } = openProgress('fuzz', restart);
  const account: FuzzAccount = { frames: 0, messages: 0, values: 0, withdrawn: 0 };
  const fail = (number: number, what: string): void => {
    progress.failures.push(`frame ${number}: ${what}`);
    const folder = join(REPORTS_DIR, 'fuzz');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${number}.hl7`), fuzzedFrame(seeds, number, Date.now()));
  };
  let heapBefore: number | null = null;
  let slowest = 0;
  while (progress.done < count) {
    const until = Math.min(count, progress.done + FRAMES_A_RECORD);
    const folder = mkdtempSync(join(tmpdir(), 'medobsmind-fuzz-'));
    const core = await startCore(folder, { nativeBinding: sqliteBindingOf(ROOT) });
    try {
      for (; progress.done < until; progress.done += Math.min(VOLLEY, until - progress.done)) {
        const last = Math.min(until, progress.done + VOLLEY);
        const volley = [];
        for (let number = progress.done; number < last; number++) {
          const frame = fuzzedFrame(seeds, number, Date.now());
          const tookMs = readingTime(frame, account, (wrong) => fail(number, wrong));
          slowest = Math.max(slowest, tookMs);
          if (tookMs > LONGEST_MS) fail(number, `${tookMs.toFixed(0)} ms`);
          volley.push(frame);
        }
        if (!(await sendVolley(core, volley, progress.done)))
          fail(progress.done, 'the good message after this volley was not taken');
      }
      for (const wrong of await wrongRows(core, folder, progress.counts)) fail(progress.done - 1, wrong);
    } finally {
      await core.core.close();
      rmSync(folder, { recursive: true, force: true });
    }
    const heap = heapAfterCollection();
    heapBefore ??= heap;
    progress.counts.growthKiB = Math.max(
      progress.counts.growthKiB ?? 0,
      Math.round((heap - heapBefore) / 1024),
    );
    if (heap - heapBefore > MOST_GROWTH_BYTES)
      fail(progress.done - 1, `the heap grew by ${heap - heapBefore} bytes`);
    progress.counts.slowestMicroseconds = Math.max(
      progress.counts.slowestMicroseconds ?? 0,
      Math.round(slowest * 1000),
    );
    save();
    say(`  ${progress.done} of ${count}`);
  }
  const { rows = 0, values = 0, growthKiB = 0, slowestMicroseconds = 0 } = progress.counts;
  for (const failure of progress.failures.slice(0, 20)) say(`  FAILED ${failure}`);
  say(
    `frames ${progress.done}, rows kept ${rows} with ${values} values, slowest reading ${(slowestMicroseconds / 1000).toFixed(1)} ms, heap growth ${(growthKiB / 1024).toFixed(1)} MiB, failures ${progress.failures.length}, upper 95 % bound of the rate a frame ${(100 * upperBound(progress.failures.length, progress.done)).toFixed(5)} %`,
  );
  return progress.failures.length === 0 ? 0 : 1;
}

/**
 * How long reading a frame takes (ms of this thread's processor time, so that other work of the machine does not count):
 * the least of several measurements where the first looks slow, as a collection of garbage may fall into one.
 */
function readingTime(frame: Uint8Array, account: FuzzAccount, wrong: (what: string) => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn <= MEASURED_AGAIN; turn++) {
    const before = process.threadCpuUsage();
    const found = readFuzzed(frame, Date.now(), account);
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (turn === 0) for (const what of found) wrong(what);
    if (least <= LONGEST_MS) break;
  }
  return least;
}

/** Sends a volley on a connection of its own with a good message after it; true where that one is taken. */
async function sendVolley(
  core: RunningCore,
  volley: readonly Uint8Array[],
  number: number,
): Promise<boolean> {
  const sender = await connectSender(core.port);
  const controlId = `GOOD-${number}`;
  for (const frame of volley) sender.write(frame);
  sender.write(framed(oruText({ controlId, patient: 'GOOD', bed: 'GOOD' })));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_LIMIT_MS);
  });
  try {
    for (;;) {
      const answer = await Promise.race([sender.answer(), late]);
      if (answer === null) return false;
      if (answer.includes(`MSA|AA|${controlId}`)) return true;
    }
  } finally {
    clearTimeout(timer);
    sender.end();
  }
}

/** What the record holds that it must not. */
async function wrongRows(
  core: RunningCore,
  folder: string,
  counts: { [name: string]: number },
): Promise<string[]> {
  const answer = await core.terminal().query('ward.snapshot', {});
  const wrong = answer.ok ? [] : ['the ward cannot be shown'];
  const nativeBinding = sqliteBindingOf(ROOT);
  const opened = openReadOnly({
    file: join(folder, RECORD_FILE),
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  if (!opened.ok) return [...wrong, 'the record cannot be opened'];
  try {
    for (const { set } of readCommitted(opened.store.read, 0)) {
      counts.rows = (counts.rows ?? 0) + 1;
      counts.values = (counts.values ?? 0) + Object.keys(set.values).length;
      wrong.push(...wrongWith(set.values, set.observedMs, set.receivedMs));
    }
  } finally {
    opened.store.close();
  }
  return wrong;
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
