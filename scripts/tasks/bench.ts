/** `npm run -s bench -- NAME [--json]`: measures, beside a peer, in one run. */
import { benchExplain, explainLines, explainOptions } from '../bench/explain/explain.ts';
import { benchFit, fitLines, fitOptions } from '../bench/fit.ts';
import { benchHistory, historyLines, historyOptions } from '../bench/history.ts';
import { benchIntake, INTAKE_PARTS, intakeLines, intakeOptions } from '../bench/intake.ts';
import { benchLoops } from '../bench/loops.ts';
import { benchRetrieve, retrieveLines } from '../bench/retrieve.ts';
import { benchStart } from '../bench/start.ts';
import { benchTrain, trainLines } from '../bench/train.ts';
import { hasDisplay, startVirtualDisplay } from '../setup/display.ts';
import type { ElectronRuntime } from '../setup/electron-runtime.ts';
import { say } from '../setup/report.ts';
import { setUpHeadless, setUpWindow } from '../setup/set-up.ts';

const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith('--'));
if (name === 'intake') {
  const options = intakeOptions(words);
  if (options === null) {
    say(
      `npm run -s bench -- intake [--quick] [--only ${INTAKE_PARTS.join(',')}] [--connections 1,16,64] [--json]`,
    );
    process.exit(2);
  }
  const figures = await benchIntake({
    ...options,
    loops: (seconds) => inWindow((runtime) => benchLoops(runtime, seconds)),
  });
  const text = words.includes('--json') ? JSON.stringify(figures) : intakeLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name === 'history') {
  const options = historyOptions(words);
  if (options === null) {
    say(
      'npm run -s bench -- history [--rows N] [--rate MESSAGES-A-SECOND] [--calls N] [--peer-rows N] [--json]',
    );
    process.exit(2);
  }
  const figures = await benchHistory(options);
  const text = words.includes('--json') ? JSON.stringify(figures) : historyLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name === 'explain') {
  const options = explainOptions(words);
  if (options === null) {
    say('npm run -s bench -- explain [--shape-8b] [--alerts N] [--server FILE] [--build-server] [--json]');
    process.exit(2);
  }
  await setUpHeadless();
  const figures = await benchExplain(options);
  const text = words.includes('--json') ? JSON.stringify(figures) : explainLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name === 'retrieve') {
  const figures = benchRetrieve();
  const text = words.includes('--json') ? JSON.stringify(figures) : retrieveLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name === 'train') {
  await setUpHeadless();
  const figures = await benchTrain();
  if (figures === null) process.exit(1);
  const text = words.includes('--json') ? JSON.stringify(figures) : trainLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name === 'fit') {
  const options = fitOptions(words);
  if (options === null) {
    say(
      'npm run -s bench -- fit [--adapter FILE] [--cases N] [--seed N] [--taught DATA-SET] [--holes FILE] [--json]',
    );
    process.exit(2);
  }
  await setUpHeadless();
  const figures = await benchFit(options);
  if (figures === null) process.exit(1);
  const text = words.includes('--json') ? JSON.stringify(figures) : fitLines(figures).join('\n');
  process.stdout.write(`${text}\n`);
  process.exit(0);
}
if (name !== 'start') {
  say(
    'npm run -s bench -- start | intake [--quick] | history [--rows N] | explain [--shape-8b] | retrieve | train | fit [--json]',
  );
  process.exit(2);
}
await inWindow(async (runtime) => {
  const figures = await benchStart(runtime);
  if (words.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    const { startMs, ratio, ruleTextAfterAckMs: ruleText } = figures;
    process.stdout.write(
      [
        `${figures.runtime}, ${figures.pairs} pairs in turn`,
        `first painted ward with vitals: median ${startMs.ours.toFixed(0)} ms, p99 ${startMs.oursP99.toFixed(0)} ms`,
        `empty Electron window:          median ${startMs.empty.toFixed(0)} ms, p99 ${startMs.emptyP99.toFixed(0)} ms`,
        `ratio pair by pair: median ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)}), limit ${ratio.limit}`,
        `rule text painted after the ACK: median ${ruleText.median.toFixed(0)} ms, p99 ${ruleText.p99.toFixed(0)} ms (n ${ruleText.n}), limit ${ruleText.limit} ms`,
        'memory at the first painted ward (proportional, MB):',
        ...figures.memory.map((entry) => `  ${entry.process}: ${entry.megabytes}`),
        '',
      ].join('\n'),
    );
  }
});

/** With the window's parts set up, on a virtual display where there is none. */
async function inWindow<T>(work: (runtime: ElectronRuntime) => Promise<T>): Promise<T> {
  const runtime = await setUpWindow({ virtualDisplay: true });
  const display = hasDisplay() ? null : await startVirtualDisplay();
  if (display) process.env.DISPLAY = display.name;
  try {
    return await work(runtime);
  } finally {
    display?.stop();
  }
}
