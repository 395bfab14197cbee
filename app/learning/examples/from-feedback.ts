/** Examples from clinicians: what they rated well, what they corrected, and which of two texts they preferred. */
import type { ExplanationDepth, FactsInput, Sentence } from '../../explanation/explanation.ts';
import { allowedFacts } from '../deidentification/allowed.ts';
import type { Example, Scenario } from './example.ts';

/** Helpfulness (1 to 5) from which an accurate text is taught. Ours: the guide keeps 4 and 5. */
const TAUGHT_FROM = 4;

export interface RatedExplanation {
  /** A random id that only this workstation can lead back to a patient. */
  readonly subject: string;
  /** Random, too: neither the explanation's nor the alert's. */
  readonly id: string;
  readonly language: 'en' | 'hi';
  readonly depth: ExplanationDepth;
  readonly scenario: Scenario;
  readonly facts: FactsInput;
  readonly sentences: readonly Pick<Sentence, 'verdict' | 'source' | 'parts'>[];
  readonly helpfulness: number;
  readonly accuracy: 'accurate' | 'inaccurate' | 'unsure';
  /** What a person would have written in a hole, by the hole's number. */
  readonly corrections: readonly { readonly hole: number; readonly text: string }[];
}

function holeOf(sentence: RatedExplanation['sentences'][number]): string | null {
  const holes = sentence.parts.filter(({ kind }) => kind === 'hole');
  return sentence.verdict === 'shown' && sentence.source === 'guided' && holes.length > 0
    ? holes.map(({ text }) => text).join('')
    : null;
}

/** The holes of an explanation in their order: in which sentence each stands, and what is shown of it; null: withheld. */
export function writtenHoles(
  sentences: RatedExplanation['sentences'],
): readonly { readonly sentence: number; readonly text: string | null }[] {
  return sentences.flatMap((one, sentence) =>
    one.verdict === 'withheld' || one.parts.some(({ kind }) => kind === 'hole')
      ? [{ sentence, text: holeOf(one) }]
      : [],
  );
}

/**
 * What an opinion teaches: the whole explanation where it was accurate and helpful or was put right, and each correction
 * preferred to what it corrects. Nothing where it was neither.
 */
export function examplesFromFeedback(rated: RatedExplanation, licence: string): Example[] {
  const { subject, id, language, depth, scenario, corrections } = rated;
  const facts = allowedFacts(rated.facts);
  const written = writtenHoles(rated.sentences).map(({ text }) => text);
  const corrected = written.map(
    (text, hole) => corrections.find((correction) => correction.hole === hole)?.text ?? text,
  );
  const liked = rated.accuracy === 'accurate' && rated.helpfulness >= TAUGHT_FROM;
  const common = { scenario, language, licence, group: `patient-${subject}` };
  const examples: Example[] = [];
  const whole = corrected.filter((text) => text !== null);
  if ((liked || corrections.length > 0) && whole.length === corrected.length && whole.length > 0)
    examples.push({
      ...common,
      id: `rating-${id}`,
      kind: depth === 'doctor' ? 'clinical-reasoning' : 'alert-explanation',
      source: 'rating',
      provenance: corrections.length > 0 ? 'corrected at this ward' : 'rated at this ward',
      content: { form: 'holes', depth, facts, holes: whole },
    });
  for (const { hole, text } of corrections) {
    const rejected = written[hole];
    if (depth !== 'bedside' || rejected === null || rejected === undefined || rejected === text) continue;
    examples.push({
      ...common,
      id: `preference-${id}-${hole}`,
      kind: 'alert-explanation',
      source: 'preference',
      provenance: 'corrected at this ward',
      content: { form: 'preference', facts, sentence: hole, chosen: text, rejected },
    });
  }
  return examples;
}

export interface ChosenText
  extends Pick<RatedExplanation, 'subject' | 'id' | 'language' | 'scenario' | 'facts'> {
  /** The text that a person preferred without knowing who wrote it, and the other one of the same facts. */
  readonly preferred: RatedExplanation['sentences'];
  readonly other: RatedExplanation['sentences'];
}

/** What a choice between two texts of one alert teaches: each hole that they fill differently. */
export function examplesFromChoice(chosen: ChosenText, licence: string): Example[] {
  const { subject, id, language, scenario } = chosen;
  const others = writtenHoles(chosen.other);
  const preferred = writtenHoles(chosen.preferred);
  if (preferred.length !== others.length) return [];
  return preferred.flatMap(({ text }, hole): Example[] => {
    const rejected = others[hole]?.text ?? null;
    if (text === null || rejected === null || text.trim() === rejected.trim()) return [];
    return [
      {
        id: `choice-${id}-${hole}`,
        kind: 'alert-explanation',
        scenario,
        language,
        source: 'preference',
        provenance: 'chosen of two at this ward',
        licence,
        group: `patient-${subject}`,
        content: {
          form: 'preference',
          facts: allowedFacts(chosen.facts),
          sentence: hole,
          chosen: text,
          rejected,
        },
      },
    ];
  });
}
