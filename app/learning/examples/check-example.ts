/** Decides whether an example may be taught: the verifier in the profile of its kind, and its arithmetic. */
import type { Finding, FindingRule } from '../../explanation/explanation.ts';
import { completeFacts, type Facts } from '../../explanation/facts.ts';
import { type PlannedSentence, planSentences } from '../../explanation/plan.ts';
import { guardText, verifySentence } from '../../explanation/verifier/verifier.ts';
import { identifiers } from '../deidentification/identify.ts';
import { arithmeticFaults } from './arithmetic.ts';
import type { Example } from './example.ts';

/** Why an example is not taught; `detail` says what is wrong in words for the record. */
export interface Rejection {
  readonly reason: 'verifier' | 'arithmetic' | 'identifier' | 'layout';
  readonly detail: string;
}

/** Rules 4 to 7 and 9 to 13 of the verification reference; numbers only from cited passages. */
const WITHOUT_FACTS: readonly FindingRule[] = [
  'number',
  'unit',
  'unmeasured',
  'diagnosis',
  'directive',
  'dismissal',
  'certainty',
  'citation',
  'identifier',
  'form',
];
/** Rules 5 to 7 and 11 to 13. */
const OF_A_REFUSAL: readonly FindingRule[] = ['directive', 'dismissal', 'certainty', 'identifier', 'form'];

/** Null: it may be taught. */
export function checkExample(example: Example): Rejection | null {
  const { content } = example;
  switch (content.form) {
    case 'holes': {
      const wrong = arithmeticFaults(content.facts, '');
      return wrong !== null
        ? { reason: 'arithmetic', detail: wrong }
        : holesRejection(
            example,
            content.holes.map((hole, sentence) => ({ hole, sentence })),
          );
    }
    case 'preference':
      // The text that a person rejected may be wrong: that is why it is there. It still must identify nobody.
      return (
        holesRejection(example, [{ hole: content.chosen, sentence: content.sentence }]) ??
        identified(content.rejected)
      );
    case 'instruction': {
      const wrong = arithmeticFaults(content.facts, `${content.input}\n${content.output}`);
      if (wrong !== null) return { reason: 'arithmetic', detail: wrong };
      const hit = identified(`${content.instruction}\n${content.input}\n${content.output}`);
      if (hit !== null) return hit;
      const facts = completeFacts(content.facts ?? { vitals: {} });
      const refusal = example.scenario === 'refusal' || example.scenario === 'adversarial';
      const rules = refusal
        ? OF_A_REFUSAL
        : content.facts === null || example.kind === 'education'
          ? WITHOUT_FACTS
          : null;
      const finding = guardText(facts, content.output).findings.find(
        (found) =>
          (rules === null || rules.includes(found.rule)) &&
          !(rules !== null && isGeneral(found, content.output)),
      );
      return finding === undefined
        ? null
        : { reason: 'verifier', detail: `${finding.rule}: ${finding.message}` };
    }
  }
}

/** Told of one patient, and not of patients in general: only that can be told as if it had been observed. */
const OF_ONE_PATIENT =
  /\b(?:(?:the|this|that|our|your) (?:patient|man|woman|lady|gentleman)|he|she|his|her|(?:is|are) now|today)\b|(?:इस|यह|उस) (?:मरीज़|मरीज|रोगी)|^मरीज़ /iu;

function isGeneral({ rule, span }: Finding, text: string): boolean {
  if (rule !== 'unmeasured') return false;
  const start =
    Math.max(...['. ', '! ', '? ', '। ', '\n'].map((mark) => text.lastIndexOf(mark, span[0]))) + 1;
  const end = text.slice(span[1]).search(/[.!?।\n]/u);
  return !OF_ONE_PATIENT.test(text.slice(start, end < 0 ? text.length : span[1] + end).trim());
}

function identified(text: string): Rejection | null {
  const [first] = identifiers(text);
  return first === undefined
    ? null
    : { reason: 'identifier', detail: `A ${first.kind} stands at ${first.start}.` };
}

function holesRejection(
  { content, language }: Example,
  holes: readonly { readonly hole: string; readonly sentence: number }[],
): Rejection | null {
  if (content.form === 'instruction') return null;
  const facts = completeFacts(content.facts);
  const depth = content.form === 'holes' ? content.depth : 'bedside';
  const sentences = planSentences(facts, language, depth).filter(({ step }) => step !== null);
  if (content.form === 'holes' && holes.length !== sentences.length)
    return {
      reason: 'layout',
      detail: `The plan has ${sentences.length} holes, the example ${holes.length}.`,
    };
  for (const { hole, sentence } of holes) {
    const planned = sentences[sentence];
    if (planned === undefined) return { reason: 'layout', detail: `There is no sentence ${sentence}.` };
    const finding = holeFinding(planned, hole, facts);
    if (finding !== null) return { reason: 'verifier', detail: `${finding.rule}: ${finding.message}` };
  }
  return identified(holes.map(({ hole }) => hole).join('\n'));
}

/** The first thing that the verifier objects to in a hole of a plan; null where it may be shown. */
export function holeFinding(planned: PlannedSentence, hole: string, facts: Facts): Finding | null {
  const parts = [
    { kind: 'literal' as const, text: planned.literal },
    { kind: 'hole' as const, text: hole },
  ];
  return verifySentence(parts, facts, { index: 0, about: planned.about })[0] ?? null;
}
