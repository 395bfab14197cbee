/**
 * `verify -- loop`: the whole way of learning in one row, on this machine: feedback at the bed, a data set, a training on a
 * real Ray with token authentication behind a real sshd, the program killed midway, the adapter fetched, through its
 * gates, signed by two, at a bed, in use, and one click back. Everything is done through a terminal's calls. Goes on
 * behind the last finished step.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRayHost, trainerPython } from '../../main/core/testing/ray-host.ts';
import { hasSshServer, startSshHost } from '../../main/core/testing/ssh-host.ts';
import { RUNTIME_DIR } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { setUpHeadless } from '../setup/set-up.ts';
import { TRAINER_SET_UP } from '../setup/trainer-environment.ts';
import { type Course, openCourse, QUICK_LOOP, WHOLE_LOOP } from './loop/course.ts';
import { correct, seedFeedback } from './loop/feedback.ts';
import { canary, GATES_PAGE, oneClickBack, production, runGates, signByTwo } from './loop/release.ts';
import {
  buildDataSet,
  checkHost,
  converted,
  fetchArtefacts,
  killMidway,
  previewDataSet,
  saveHost,
  submit,
  watchLive,
} from './loop/teach.ts';
import { openProgress } from './progress-file.ts';

interface LoopStep {
  readonly name: string;
  /** Where the reason stands when it fails. */
  readonly lookAt: 'ward' | 'host' | 'gates';
  /** Does it, or finds it done, and tells what was seen. Throws with the reason. */
  readonly run: (course: Course) => Promise<string[]>;
}

const STEPS: readonly LoopStep[] = [
  { name: 'feedback', lookAt: 'ward', run: seedFeedback },
  { name: 'corrections', lookAt: 'ward', run: correct },
  { name: 'data set', lookAt: 'ward', run: buildDataSet },
  { name: 'preview', lookAt: 'ward', run: previewDataSet },
  { name: 'host', lookAt: 'host', run: checkHost },
  { name: 'submit', lookAt: 'host', run: submit },
  { name: 'live metrics', lookAt: 'host', run: watchLive },
  { name: 'killed and opened again', lookAt: 'host', run: killMidway },
  { name: 'fetch', lookAt: 'host', run: fetchArtefacts },
  { name: 'convert', lookAt: 'ward', run: converted },
  { name: 'gates', lookAt: 'gates', run: runGates },
  { name: 'signed by two', lookAt: 'ward', run: signByTwo },
  { name: 'canary', lookAt: 'ward', run: canary },
  { name: 'production', lookAt: 'ward', run: production },
  { name: 'one click back', lookAt: 'ward', run: oneClickBack },
];

/** @param words `--quick`: a handful of examples and gates that nothing misses; `--python FILE`: the trainer's;
 * `--continue-from FOLDER`: an adapter as the trainer left it, to train further */
export async function verifyLoop(_: number, restart: boolean, words: readonly string[]): Promise<number> {
  const quick = words.includes('--quick');
  const named = words.indexOf('--python');
  if (named >= 0) process.env.MEDOBSMIND_TRAINER_PYTHON = words[named + 1] ?? '';
  const python = trainerPython();
  if (python === null) {
    say(
      `There is no Python environment with Ray to train in. Make one: ${TRAINER_SET_UP}; or name one with --python FILE.`,
    );
    return 1;
  }
  if (!hasSshServer()) {
    say(
      "There is no sshd on this machine to reach the host through. Install OpenSSH's server (openssh-server).",
    );
    return 1;
  }
  await setUpHeadless();
  const name = quick ? 'loop-quick' : 'loop';
  const home = join(RUNTIME_DIR, 'verify', name);
  const { progress, save } = openProgress(name, restart);
  // Not below the program's folder: Ray's sockets want a short path, and a host's folder has no hidden part.
  const hostFolder = join(tmpdir(), `medobsmind-${name}`);
  if (progress.done === 0)
    for (const folder of [home, hostFolder]) rmSync(folder, { recursive: true, force: true });
  if (progress.done >= STEPS.length) {
    for (const line of progress.said) say(line);
    say('Everything was shown already; --restart shows it again.');
    return 0;
  }
  const userDataDir = join(home, 'ward');
  const runsFolder = join(hostFolder, 'runs');
  // Keys and sockets are made anew each time; the runs stay.
  for (const folder of ['ray', 'ssh']) rmSync(join(hostFolder, folder), { recursive: true, force: true });
  for (const folder of [userDataDir, runsFolder, join(hostFolder, 'ray'), join(hostFolder, 'ssh')])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  const earlier = words.indexOf('--continue-from');
  const continueFrom = earlier < 0 ? null : join(hostFolder, 'earlier');
  if (continueFrom !== null) cpSync(words[earlier + 1] ?? '', continueFrom, { recursive: true });
  const ray = await startRayHost(join(hostFolder, 'ray'), python);
  const ssh = await startSshHost(join(hostFolder, 'ssh'));
  const logFile = join(home, 'ward.log');
  const places = { ward: logFile, host: `${logFile} and ${hostFolder}/ray`, gates: GATES_PAGE };
  let course: Awaited<ReturnType<typeof openCourse>> | null = null;
  let whole = false;
  let at: LoopStep | undefined;
  try {
    const size = quick ? QUICK_LOOP : WHOLE_LOOP;
    course = await openCourse({
      continueFrom,
      size,
      userDataDir,
      runsFolder,
      ray,
      ssh,
      progress,
      save,
      logFile,
    });
    if (progress.done > 0) await saveHost(course);
    for (const line of progress.said) say(line);
    for (; progress.done < STEPS.length; progress.done++) {
      at = STEPS[progress.done];
      if (at === undefined) break;
      const began = Date.now();
      const told = await Promise.race([at.run(course), course.gone]);
      const seconds = Math.round((Date.now() - began) / 1000);
      progress.counts.seconds = (progress.counts.seconds ?? 0) + seconds;
      const [first = '', ...rest] = told;
      const lines = [
        `${progress.done + 1}. ${at.name} (${seconds} s): ${first}`,
        ...rest.map((line) => `   ${line}`),
      ];
      progress.said.push(...lines);
      for (const line of lines) say(line);
      save();
    }
    save();
    whole = true;
  } catch (error) {
    say(
      `FAILED at ${at?.name ?? 'the start of the ward'}: ${error instanceof Error ? error.message : String(error)}`,
    );
    say(`Look at ${places[at?.lookAt ?? 'ward']}; the same command goes on behind the last finished step.`);
  } finally {
    save();
    await course?.close();
    await ssh.stop();
    await ray.stop();
    if (whole) for (const folder of [home, hostFolder]) rmSync(folder, { recursive: true, force: true });
  }
  const { seconds = 0 } = progress.counts;
  say(
    `steps ${progress.done} of ${STEPS.length}, ${(seconds / 60).toFixed(1)} minutes${quick ? ', quick: a handful of examples, gates that nothing misses' : ' (limit 40)'}`,
  );
  return whole ? 0 : 1;
}
