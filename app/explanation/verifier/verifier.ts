/**
 * The verifier: decides whether a text about an alert may be read. It finds what a text claims and holds it
 * against the facts; in doubt it objects.
 *
 * Sentences of a plan are checked with what the plan knows (what the sentence is about, where the model wrote);
 * whole texts (`guardText`) sentence by sentence, each with the same rules.
 */
import type { News2Parameter } from '../../scoring/score.ts';
import type { Finding } from '../explanation.ts';
import type { Facts } from '../facts.ts';
import type { SentenceUnderTest, Violation } from './rule.ts';
import { RULES } from './rules.ts';
import { checkedText, originalSpan, type Span } from './text.ts';
import { type NamedVital, vitalsNamed } from './vitals-named.ts';

/** A part of a sentence, as `Sentence.parts` holds it. */
export interface SentencePart {
  readonly kind: 'literal' | 'hole';
  readonly text: string;
}

export interface VerifyContext {
  /** Number of the sentence in its explanation, for the findings. */
  readonly index: number;
  readonly about: News2Parameter | null;
}

export interface GuardVerdict {
  readonly verdict: 'pass' | 'block';
  readonly findings: Finding[];
}

function violations(under: SentenceUnderTest): Violation[] {
  const found = RULES.flatMap((rule) => rule.check(under));
  return found.sort((one, other) => one.start - other.start || one.end - other.end);
}

/** The offset in the folded text where an original offset begins. */
function folded(origin: readonly number[], offset: number): number {
  const index = origin.findIndex((at) => at >= offset);
  return index < 0 ? origin.length - 1 : index;
}

/**
 * Checks one sentence of an explanation. Parts are text in order; everything that the model wrote is in `hole`
 * parts. Offsets of the findings are UTF-16 units of the parts' joined text. No findings: it may be shown.
 */
export function verifySentence(
  parts: readonly SentencePart[],
  facts: Facts,
  context: VerifyContext,
): Finding[] {
  const original = parts.map(({ text }) => text).join('');
  const checked = checkedText(original);
  const firstHole = parts.findIndex(({ kind }) => kind === 'hole');
  const holeStart = parts.slice(0, Math.max(0, firstHole)).reduce((sum, { text }) => sum + text.length, 0);
  const holeText = parts
    .filter(({ kind }) => kind === 'hole')
    .map(({ text }) => text)
    .join('');
  const hole: Span | null =
    firstHole < 0 ? null : { start: folded(checked.origin, holeStart), end: checked.text.length };
  const found = violations({ checked, facts, about: context.about, hole, ending: 'strict' });
  if (hole !== null && !/[\p{L}]/u.test(holeText))
    found.push({ rule: 'form', start: hole.start, end: hole.end, message: 'The model wrote nothing.' });
  return found.map(({ rule, message, start, end }) => ({
    rule,
    message,
    sentence: context.index,
    span: originalSpan(checked, { start, end }),
  }));
}

/** Splits at sentence marks and line breaks; a decimal point or an abbreviation's full stop does not split. */
function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(
    /(?:(?<!(?<![\p{L}\p{M}])(?:Dr|Mr|Mrs|Ms|Prof|Smt|Shri|vs|e\.g|i\.e|approx|No|डॉ|डा|प्रो|श्री))[.!?](?=\s)|[।…])\s*|(?<!\p{L}-)\n+/gu,
  )) {
    const end = match.index + match[0].length;
    if (text.slice(start, end).trim() !== '') spans.push({ start, end });
    start = end;
  }
  if (text.slice(start).trim() !== '') spans.push({ start, end: text.length });
  return spans;
}

/** How often a sentence may stand in a text before it is a loop. */
const MOST_REPEATS = 2;

/** The sentences that stand there once too often, however they are typed. */
function repeatedSentences(text: string, sentences: readonly Span[]): Span[] {
  const seen = new Map<string, number>();
  return sentences.filter(({ start, end }) => {
    const words =
      checkedText(text.slice(start, end))
        .text.match(/[\p{L}\p{M}\p{N}]+/gu)
        ?.join(' ') ?? '';
    const times = (seen.get(words) ?? 0) + 1;
    seen.set(words, times);
    return words !== '' && times > MOST_REPEATS;
  });
}

/** Rules whose meaning a line break must not cut in two ("no need / to call anyone"). */
const ACROSS_LINES: ReadonlySet<string> = new Set(['dismissal', 'directive', 'certainty', 'diagnosis']);

/** What two lines say only together: a sentence that was broken over them. */
function acrossLines(facts: Facts, text: string, sentences: readonly Span[]): Finding[] {
  return sentences.flatMap((first, index) => {
    const second = sentences[index + 1];
    const line = text.slice(first.start, first.end);
    if (second === undefined || !/\n\s*$/u.test(line) || /[.!?।:]\s*$/u.test(line)) return [];
    const joined = checkedText(text.slice(first.start, second.end).replaceAll('\n', ' '));
    return violations({ checked: joined, facts, about: null, hole: null, ending: 'none' })
      .map(({ rule, message, start, end }): Finding => {
        const [from, to] = originalSpan(joined, { start, end });
        return { rule, message, sentence: index, span: [from + first.start, to + first.start] };
      })
      .filter(
        ({ rule, span: [from, to] }) => ACROSS_LINES.has(rule) && from < second.start && to > second.start,
      );
  });
}

/**
 * Checks a whole text against the facts (the toolbox verb `guard`). Offsets are UTF-16 units of the text. The
 * closed vocabulary is for holes only: a person's text is judged by what it claims.
 */
export function guardText(facts: Facts, text: string): GuardVerdict {
  const sentences = sentencesOf(text);
  const findings: Finding[] = [];
  let carried: readonly NamedVital[] = [];
  for (const [index, span] of sentences.entries()) {
    const checked = checkedText(text.slice(span.start, span.end));
    // Headings, list ends and quotes may lack a mark inside a text; its end may not.
    const ending = index === sentences.length - 1 ? 'lenient' : 'none';
    for (const { rule, message, start, end } of violations({
      checked,
      facts,
      about: null,
      hole: null,
      ending,
      carried,
    })) {
      const [from, to] = originalSpan(checked, { start, end });
      findings.push({ rule, message, sentence: index, span: [from + span.start, to + span.start] });
    }
    const named = vitalsNamed(checked.text).map(({ vital }) => vital);
    if (named.length > 0) carried = [...new Set([...named.slice(0, 1), ...named.slice(-1)])];
  }
  for (const finding of acrossLines(facts, text, sentences)) findings.push(finding);
  for (const repeated of repeatedSentences(text, sentences)) {
    const span: [number, number] = [repeated.start, repeated.end];
    const sentence = sentences.indexOf(repeated);
    findings.push({ rule: 'form', message: 'The text repeats a sentence.', sentence, span });
  }
  if (sentences.length === 0)
    findings.push({ rule: 'form', message: 'There is no text.', sentence: 0, span: [0, text.length] });
  return { verdict: findings.length === 0 ? 'pass' : 'block', findings };
}
