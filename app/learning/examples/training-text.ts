/**
 * The text that trains: rendered by the plan that asks at the bed, in the layout in which it is asked, so that the model is
 * taught the very words it will be asked in. Only what it has to write counts for the loss.
 */
import type { PromptSegment } from '../../contract/engine.ts';
import { completeFacts, type Facts } from '../../explanation/facts.ts';
import { type PlannedSentence, planExplanation } from '../../explanation/plan.ts';
import type { PromptFormat } from '../../explanation/prompt.ts';
import { alpacaPrompt } from './alpaca.ts';
import type { Example } from './example.ts';

export type TrainingLayout = 'serial' | 'parallel';

/** A stretch of a training sequence. `control` may hold role tokens; `loss`: the model learns to write it. */
export interface TrainingSegment {
  readonly kind: PromptSegment['kind'];
  readonly text: string;
  readonly loss: boolean;
}

/** One sequence; the trainer ends it with the model's end mark, which is learnt. */
export type TrainingRow =
  | { readonly id: string; readonly segments: readonly TrainingSegment[] }
  | {
      readonly id: string;
      readonly prompt: readonly TrainingSegment[];
      readonly chosen: string;
      readonly rejected: string;
    };

export interface TrainingTextOptions {
  readonly promptFormat: PromptFormat;
  readonly layout: TrainingLayout;
}

function given(segments: readonly PromptSegment[]): TrainingSegment[] {
  return segments.map(({ kind, text }) => ({ kind, text, loss: false }));
}

function plainGiven(text: string): TrainingSegment {
  return { kind: 'plain', text, loss: false };
}

/** What stands between one hole and the next: sentences by code are given as they are. */
function ledBy(sentences: readonly PlannedSentence[], from: number, to: number): string {
  return sentences
    .slice(from, to + 1)
    .map(({ reading, literal }, index) => `${from + index === 0 ? '' : '\n'}${reading}${literal}`)
    .join('');
}

function planned(
  facts: Facts,
  language: 'en' | 'hi',
  depth: 'bedside' | 'doctor' | 'education',
  format: PromptFormat,
) {
  const { plan, sentences } = planExplanation(facts, { language, depth, promptFormat: format, taught: true });
  return { start: given([...plan.prefix, ...plan.body]), sentences };
}

/**
 * The sequences of an example. Serial: one, each hole after all before it. Parallel: one a hole, right after the facts, as
 * an engine asks that writes holes at the same time.
 */
export function trainingRows(example: Example, options: TrainingTextOptions): TrainingRow[] {
  const { content, id, language } = example;
  if (content.form === 'instruction')
    return [
      {
        id,
        segments: [
          plainGiven(alpacaPrompt(content.instruction, content.input)),
          { kind: 'plain', text: content.output, loss: true },
        ],
      },
    ];
  const facts = completeFacts(content.facts);
  const depth = content.form === 'holes' ? content.depth : 'bedside';
  const { start, sentences } = planned(facts, language, depth, options.promptFormat);
  const holes = sentences.flatMap(({ step }, index) => (step === null ? [] : [index]));
  if (content.form === 'preference') {
    const at = holes[content.sentence];
    if (at === undefined) return [];
    const prompt = [...start, plainGiven(ledBy(sentences, at, at).replace(/^\n/u, ''))];
    return [{ id, prompt, chosen: content.chosen, rejected: content.rejected }];
  }
  if (options.layout === 'parallel')
    return holes.flatMap((at, number) => {
      const hole = content.holes[number];
      if (hole === undefined) return [];
      const led = plainGiven(ledBy(sentences, at, at).replace(/^\n/u, ''));
      return [
        {
          id: `${id}-${number}`,
          segments: [...start, led, { kind: 'plain' as const, text: hole, loss: true }],
        },
      ];
    });
  let from = 0;
  const answer = holes.flatMap((at, number): TrainingSegment[] => {
    const led = ledBy(sentences, from, at);
    from = at + 1;
    const hole = content.holes[number];
    return hole === undefined ? [] : [plainGiven(led), { kind: 'plain', text: hole, loss: true }];
  });
  return [{ id, segments: [...start, ...answer] }];
}
