/**
 * Prompt formats: how a model's turns are written. Only `control` segments may hold role tokens; everything that
 * comes from facts, passages or people is `plain` and is never parsed for them.
 */
import type { EngineStatus, PromptSegment } from '../contract/engine.ts';

export type PromptFormat = NonNullable<EngineStatus['model']>['promptFormat'];

export interface Exchange {
  readonly user: string;
  readonly answer: string;
}

interface FormatMarks {
  readonly start: string;
  readonly system: readonly [string, string];
  readonly user: readonly [string, string];
  readonly answer: readonly [string, string];
}

const MARKS: { readonly [format in PromptFormat]: FormatMarks } = {
  chatml: {
    start: '',
    system: ['<|im_start|>system\n', '<|im_end|>\n'],
    user: ['<|im_start|>user\n', '<|im_end|>\n'],
    answer: ['<|im_start|>assistant\n', '<|im_end|>\n'],
  },
  llama3: {
    start: '<|begin_of_text|>',
    system: ['<|start_header_id|>system<|end_header_id|>\n\n', '<|eot_id|>'],
    user: ['<|start_header_id|>user<|end_header_id|>\n\n', '<|eot_id|>'],
    answer: ['<|start_header_id|>assistant<|end_header_id|>\n\n', '<|eot_id|>'],
  },
  alpaca: {
    start: '',
    system: ['', '\n\n'],
    user: ['### Input:\n', '\n\n'],
    answer: ['### Response:\n', '\n\n'],
  },
};

function turn([before, after]: readonly [string, string], text: string): PromptSegment[] {
  return [
    ...(before === '' ? [] : [{ kind: 'control' as const, text: before }]),
    { kind: 'plain' as const, text },
    { kind: 'control' as const, text: after },
  ];
}

/** The fixed beginning: system text and worked examples. The same for every alert of a language. */
export function promptPrefix(
  format: PromptFormat,
  system: string,
  examples: readonly Exchange[],
): PromptSegment[] {
  const marks = MARKS[format];
  const systemText = format === 'alpaca' ? `### Instruction:\n${system}` : system;
  return [
    ...(marks.start === '' ? [] : [{ kind: 'control' as const, text: marks.start }]),
    ...turn(marks.system, systemText),
    ...examples.flatMap(({ user, answer }) => [...turn(marks.user, user), ...turn(marks.answer, answer)]),
  ];
}

/** What is new for this alert, up to where the answer begins. */
export function promptBody(format: PromptFormat, user: string): PromptSegment[] {
  const marks = MARKS[format];
  return [...turn(marks.user, user), { kind: 'control', text: marks.answer[0] }];
}
