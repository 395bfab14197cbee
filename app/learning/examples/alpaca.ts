/**
 * The Alpaca template, preamble included: the form of exports and of the free mode. The trainer's own rendering is held to
 * the same bytes by `resources/trainer/tests/alpaca-cases.jsonl`. Source: R. Taori and others, Stanford Alpaca, 2023
 * (Apache-2.0).
 */
const WITH_INPUT =
  'Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.';
const WITHOUT_INPUT =
  'Below is an instruction that describes a task. Write a response that appropriately completes the request.';

/** Everything up to where the response begins. An input of nothing has no heading. */
export function alpacaPrompt(instruction: string, input: string): string {
  const [preamble, middle] = input === '' ? [WITHOUT_INPUT, ''] : [WITH_INPUT, `### Input:\n${input}\n\n`];
  return `${preamble}\n\n### Instruction:\n${instruction}\n\n${middle}### Response:\n`;
}
