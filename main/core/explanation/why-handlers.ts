/** Why a sentence stands there: what it was made from, and whether it comes out the same again. */

import { z } from 'zod';
import type { EnginePort } from '../../../app/contract/engine.ts';
import {
  type GenerationLayout,
  type GenerationPlan,
  generationPlanSchema,
} from '../../../app/contract/engine.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import { FINDING_RULES } from '../../../app/explanation/explanation.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store } from '../store/database.ts';
import type { QueryHandlers } from '../terminal/calls.ts';
import { readExplanation } from './explanations-table.ts';

export interface WhyPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly engine: EnginePort;
}

interface KeptGeneration {
  readonly plan: GenerationPlan;
  readonly promptHash: string;
  readonly layout: GenerationLayout | null;
}

const generationRow = z.object({
  plan: z.string().nullable(),
  prompt_hash: z.string().nullable(),
  engine_timing: z.string().nullable(),
});
const timingSchema = z.object({ layout: z.enum(['serial', 'parallel']) });

function readGeneration(read: Reader, id: string): KeptGeneration | null {
  const row = read.one(
    generationRow,
    'SELECT plan, prompt_hash, engine_timing FROM explanations WHERE id = ?',
    id,
  );
  if (row === null || row.plan === null || row.prompt_hash === null) return null;
  return {
    plan: generationPlanSchema.parse(JSON.parse(row.plan)),
    promptHash: row.prompt_hash,
    layout: row.engine_timing === null ? null : timingSchema.parse(JSON.parse(row.engine_timing)).layout,
  };
}

const textOf = (segments: GenerationPlan['prefix']): string => segments.map(({ text }) => text).join('');

/** What the model had read right before each hole, in the order of the holes. */
function beforeHoles({ steps }: GenerationPlan): string[] {
  const texts: string[] = [];
  let text = '';
  for (const step of steps)
    if (step.kind === 'literal') text += step.text;
    else {
      texts.push(text.trim());
      text = '';
    }
  return texts;
}

export function whyQueries(ports: WhyPorts): Pick<QueryHandlers, 'explanation.why' | 'explanation.replay'> {
  return {
    'explanation.why': ({ explanationId }) => {
      const explanation = readExplanation(ports.store.read, ports.sealing, explanationId);
      if (explanation === null) return refused('not-found', { what: 'explanation' });
      const kept = readGeneration(ports.store.read, explanationId);
      const before = kept === null ? [] : beforeHoles(kept.plan);
      return ok({
        facts: explanation.facts,
        prompt:
          kept === null
            ? null
            : { fixed: textOf(kept.plan.prefix), body: textOf(kept.plan.body), sha256: kept.promptHash },
        literals: explanation.sentences.map(({ raw }) => (raw === null ? null : (before.shift() ?? null))),
        sampling: kept?.plan.sampling ?? null,
        layout: kept?.layout ?? null,
        rules: [...FINDING_RULES],
        model: explanation.model,
      });
    },

    'explanation.replay': async ({ explanationId }) => {
      const explanation = readExplanation(ports.store.read, ports.sealing, explanationId);
      const kept = readGeneration(ports.store.read, explanationId);
      if (explanation === null || kept === null || explanation.model === null)
        return refused('not-found', { what: 'explanation' });
      const { state, model } = ports.engine.status();
      if (state !== 'ready' || model === null)
        return refused('engine-unavailable', { reason: 'model-missing' });
      // The layout is part of what decides the words: it is the recorded one, not what is faster today.
      const plan = { ...kept.plan, ...(kept.layout === null ? {} : { layout: kept.layout }) };
      const texts = new Map<number, string>();
      for await (const event of ports.engine.generate(plan, 'background', new AbortController().signal)) {
        if (event.kind === 'hole') texts.set(event.step, event.text);
        if (event.kind === 'failed') return refused('engine-unavailable', { reason: 'engine-failed' });
      }
      const again = [...texts].sort(([one], [other]) => one - other).map(([, text]) => text);
      const written = explanation.sentences.flatMap(({ raw }, place) =>
        raw === null ? [] : [{ raw, place }],
      );
      return ok({
        sameModel: model.sha256 === explanation.model.sha256 && model.adapter === explanation.model.adapter,
        holes: written.length,
        different: written.flatMap(({ raw, place }, index) => (again[index] === raw ? [] : [place])),
      });
    },
  };
}
