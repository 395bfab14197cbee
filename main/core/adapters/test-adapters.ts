/** Adapters, folders and a scribe for the tests of this capability. Not part of the program. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerationEvent, GenerationPlan } from '../../../app/contract/engine.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { planExplanation, planSentences } from '../../../app/explanation/plan.ts';
import { madeAdapter } from '../../../app/learning/adapters/made-adapter.ts';
import { holeFinding } from '../../../app/learning/examples/check-example.ts';
import { gateCases } from '../../../app/learning/gates/cases.ts';
import { composeHoles } from '../../../app/learning/generator/grammar.ts';
import { createChance } from '../../../app/learning/random.ts';
import type { AdapterManifest } from '../../../app/learning/training/adapter-manifest.ts';
import { type ScriptedEngine, scriptedEngine } from '../testing/scripted-engine.ts';

const MODEL = { name: 'Scripted', file: 'scripted.gguf', sha256: 'a'.repeat(64) };

const sha256Of = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function manifestOf(gguf: Uint8Array, more: Partial<AdapterManifest> = {}): AdapterManifest {
  return {
    format: 'medobsmind-adapter-1',
    trainer: '0.1.0',
    identity: 'c'.repeat(64),
    method: 'sft',
    base: { name: MODEL.file, sha256: MODEL.sha256 },
    dataSet: {
      id: 'set-1',
      sha256: 'd'.repeat(64),
      promptFormat: 'chatml',
      layout: 'serial',
      examples: 100,
      heldOut: 10,
      tooLong: 0,
    },
    seed: 42,
    lora: { r: 2, alpha: 4, targets: ['v_proj'] },
    training: {},
    continuedFrom: null,
    figures: { steps: 10, secondsTraining: 60, secondsAnExample: 1.4, perplexity: { base: 9, adapter: 3 } },
    versions: {},
    files: [{ name: 'adapter.gguf', bytes: gguf.length, sha256: sha256Of(gguf) }],
    ...more,
  };
}

/** A folder as the trainer leaves one. */
export function adapterFolder(
  parent: string,
  name: string,
  gguf: Uint8Array = madeAdapter(),
  more: Partial<AdapterManifest> = {},
): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'adapter.gguf'), gguf);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifestOf(gguf, more), null, 2));
  return folder;
}

const refusal = 'I can only explain the readings. Please tell the responsible clinician about the readings.';

/**
 * An engine that writes what a well-trained adapter would: the generator's sentences for the alerts of a seed, refusals for
 * prompts. `worse`: what whoever else writes puts into every hole.
 */
export function scribe(seed: number, cases: number, worse = ' this needs to be looked at.'): ScriptedEngine {
  const engine = scriptedEngine();
  const chance = createChance(seed + 1);
  const known = new Map(
    gateCases(seed, cases, ['en']).map(({ facts }) => {
      const complete = completeFacts(facts);
      const { plan } = planExplanation(complete, { language: 'en', promptFormat: 'chatml' });
      const holes = composeHoles(
        complete,
        'en',
        'bedside',
        chance,
        (planned, hole) => holeFinding(planned, hole, complete) === null,
      );
      return [JSON.stringify(plan.body), holes ?? planSentences(complete, 'en').map(() => worse)];
    }),
  );
  async function* generate(plan: GenerationPlan): AsyncGenerator<GenerationEvent> {
    const holes = typeof plan.adapter === 'string' ? known.get(JSON.stringify(plan.body)) : undefined;
    let number = 0;
    for (const [step, one] of plan.steps.entries()) {
      if (one.kind !== 'hole') continue;
      const text = one.free === undefined ? (holes?.[number++] ?? worse) : refusal;
      yield { kind: 'hole', step, text, probability: 0.9, tokens: 6, ended: 'sentence' };
    }
    const version =
      engine.adapters()?.known.find(({ sha256 }) => sha256 === (plan.adapter ?? engine.adapters()?.inUse))
        ?.version ?? null;
    const { name, sha256 } = MODEL;
    yield {
      kind: 'done',
      layout: 'serial',
      tokens: { promptNew: 10, forced: 10, sampled: 12 },
      timing: { firstToken: 1, complete: 2 },
      writtenBy: { name, sha256, adapter: version },
    };
  }
  return { ...engine, generate };
}
