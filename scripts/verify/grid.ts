/** `verify -- grid`: explains alert after alert and holds what is shown against the record, with an oracle of its own. */
import { NO_APPROVED_WORDS } from '../../app/explanation/phrases.ts';
import { type ProbabilityBin, thresholdsOf } from '../../app/explanation/thresholds.ts';
import { openHeadlessEngine } from '../../main/headless/engine.ts';
import { explainFacts } from '../../main/headless/toolbox/explain-facts.ts';
import {
  foreignNumbers,
  gridVitals,
  hasNumberWord,
  recordNumbers,
} from '../../main/headless/toolbox/grid.ts';
import { ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { setUpHeadless } from '../setup/set-up.ts';
import { upperBound } from './bound.ts';
import { openProgress } from './progress-file.ts';

export async function verifyGrid(count: number, restart: boolean): Promise<number> {
  await setUpHeadless();
  const engine = openHeadlessEngine({
    root: ROOT,
    model: null,
    adapterFile: null,
    threads: null,
    safeMode: false,
    recordDirectory: null,
    smokeLoadFirst: false,
    fault: null,
  });
  const status = await engine.started;
  if (status.state !== 'ready') {
    say(`The model is not available: ${status.detail ?? status.state}`);
    return 1;
  }
  const { progress, save } = openProgress('grid', restart);
  const add = (key: string, by = 1): void => {
    progress.counts[key] = (progress.counts[key] ?? 0) + by;
  };
  for (; progress.done < count; progress.done++) {
    const vitals = gridVitals(progress.done);
    const result = await explainFacts({ vitals }, engine, {
      mode: 'guided',
      language: 'en',
      depth: 'bedside',
      approved: NO_APPROVED_WORDS,
      seed: null,
    });
    if (result.mode !== 'guided') progress.failures.push(`${progress.done}: ${result.reason}`);
    const allowed = recordNumbers(vitals, result.score);
    for (const sentence of result.sentences) {
      add('sentences');
      add(sentence.verdict);
      if (sentence.probability !== null)
        add(
          `${sentence.findings.length === 0 ? 'passed' : 'blocked'} at ${Math.round(100 * sentence.probability)}`,
        );
      for (const rule of new Set(sentence.findings.map((finding) => finding.rule))) add(`rule ${rule}`);
      const foreign = foreignNumbers(sentence.text, allowed);
      const words = sentence.parts.some((part) => part.kind === 'hole' && hasNumberWord(part.text));
      if (foreign.length > 0 || words) progress.failures.push(`${progress.done}: ${sentence.text}`);
    }
    if (progress.done % 20 === 19) {
      save();
      say(`  ${progress.done + 1} of ${count}`);
    }
  }
  save();
  await engine.close();
  const { sentences = 0, shown = 0 } = progress.counts;
  say(
    `alerts ${progress.done}, sentences ${sentences}, shown as the model wrote them ${((100 * shown) / Math.max(1, sentences)).toFixed(1)} %`,
  );
  for (const [key, n] of Object.entries(progress.counts))
    if (key.startsWith('rule ')) say(`  withheld by ${key}: ${n}`);
  const thresholds = thresholdsOf(binsOf(progress.counts));
  if (thresholds !== null)
    say(
      `probabilities of this model: sure from ${thresholds.confidentFrom}, withheld below ${thresholds.withheldBelow} (for its entry in the catalogue)`,
    );
  for (const failure of progress.failures.slice(0, 20)) say(`  FAILED ${failure}`);
  say(
    `sentences with a foreign number: ${progress.failures.length} of ${sentences}, upper 95 % bound ${(100 * upperBound(progress.failures.length, sentences)).toFixed(3)} %`,
  );
  return progress.failures.length === 0 ? 0 : 1;
}

/** Holes by the probability that the model gave them, from the counts. */
function binsOf(counts: Readonly<Record<string, number>>): ProbabilityBin[] {
  const at = (kind: string, percent: number): number => counts[`${kind} at ${percent}`] ?? 0;
  return Array.from({ length: 101 }, (_, percent) => ({
    percent,
    passed: at('passed', percent),
    blocked: at('blocked', percent),
  }));
}
