/**
 * A guided plan asked of a completions server: each hole is a prompt of its own, which ends in its literal. The
 * literals stay the program's, so that a remote model writes no number either.
 */
import type { GenerationEvent, GenerationPlan, PromptSegment } from '../../../app/contract/engine.ts';
import { holeEnd } from '../hole-end.ts';
import { type CompletionsServer, complete, type RemoteLimits } from './complete.ts';

/** The training guide's sampling for a completions server. */
const GUIDE = { maxTokens: 512, temperature: 0.3, topP: 0.95, stop: '###' };

/** Plain text is data: a server reads role tokens wherever they stand, so data may not spell any. */
export function withoutRoleTokens(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('[INST', '(INST').replace(/#{3,}/g, '##');
}

function render(segments: readonly PromptSegment[]): string {
  return segments.map(({ kind, text }) => (kind === 'control' ? text : withoutRoleTokens(text))).join('');
}

export interface RemoteHole {
  readonly step: number;
  readonly prompt: string;
  readonly maxTokens: number;
  /** The stops of a free hole; null: a guided one. */
  readonly stops: readonly string[] | null;
}

/** The holes of a plan with their prompts, each seeing the facts and its own literal. */
export function remoteHoles(plan: GenerationPlan): RemoteHole[] {
  const before = render([...plan.prefix, ...plan.body]);
  const holes: RemoteHole[] = [];
  let literal = '';
  for (const [step, one] of plan.steps.entries()) {
    if (one.kind === 'literal') literal += one.text;
    else {
      const own = withoutRoleTokens(literal.replace(/^\n/, ''));
      holes.push({
        step,
        prompt: before + own,
        maxTokens: Math.min(one.maxTokens, GUIDE.maxTokens),
        stops: one.free?.stop ?? null,
      });
      literal = '';
    }
  }
  return holes;
}

/** Asks for one hole. Rejects with `RemoteFault`; null where `signal` aborted it. */
export async function fillHole(
  server: CompletionsServer,
  { step, prompt, maxTokens, stops }: RemoteHole,
  seed: number,
  signal: AbortSignal,
  limits: RemoteLimits,
): Promise<Extract<GenerationEvent, { kind: 'hole' }> | null> {
  let text = '';
  const told: number[] = [];
  let pieces = 0;
  let ended: 'sentence' | 'length' = 'length';
  const { temperature, topP, stop } = GUIDE;
  const request = { prompt, maxTokens, temperature, topP, stop: stops ?? [stop, '\n'], seed: seed + step };
  reading: for await (const piece of complete(server, request, signal, limits)) {
    pieces += piece.text === '' ? 0 : 1;
    told.push(...piece.logProbabilities);
    // Letter by letter: a piece may hold the end of one sentence and the beginning of the next.
    for (const letter of piece.text) {
      text += letter;
      const end = stops === null ? holeEnd(text) : null;
      if (end === null) continue;
      ({ text, ended } = end);
      break reading;
    }
    if (piece.finished === 'stop') ended = 'sentence';
  }
  if (signal.aborted) return null;
  const mean = told.reduce((sum, one) => sum + one, 0) / Math.max(1, told.length);
  const probability = told.length === 0 ? null : Math.min(1, Math.exp(mean));
  return { kind: 'hole', step, text, probability, tokens: Math.max(told.length, pieces), ended };
}
