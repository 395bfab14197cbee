/** Synthetic alert explanations: invented readings, composed holes, each checked before it counts. */
import { completeFacts } from '../../explanation/facts.ts';
import { checkExample, holeFinding, type Rejection } from '../examples/check-example.ts';
import { type Example, type ExampleKind, SCENARIOS, type Scenario } from '../examples/example.ts';
import { type Chance, createChance } from '../random.ts';
import { inventedFacts, SEVERITIES } from './cases.ts';
import { composeHoles } from './grammar.ts';

/** Scenarios that are about questions, not about readings. */
const WITHOUT_READINGS: readonly Scenario[] = ['refusal', 'adversarial'];
const OF_READINGS = SCENARIOS.filter((scenario) => !WITHOUT_READINGS.includes(scenario));
const HINDI_SHARE = 0.2;
/** Of what is not Indian context: the guide's 30 of 40 + 30. */
const REASONING_SHARE = 3 / 7;
/** Scenarios of the guide's share of Indian medical context. */
export const INDIAN: readonly Scenario[] = ['heat-stroke', 'snake-bite', 'dengue', 'organophosphate'];

export interface Synthetic {
  readonly examples: Example[];
  readonly rejected: readonly { readonly id: string; readonly rejection: Rejection }[];
}

/** An explanation of invented readings; null where they leave nothing to say. */
export function holesExample(
  seed: number,
  index: number,
  chance: Chance,
  hindiShare = HINDI_SHARE,
): Example | null {
  const scenario = OF_READINGS[index % OF_READINGS.length] ?? 'stable';
  const severity = SEVERITIES[Math.floor(index / OF_READINGS.length) % SEVERITIES.length] ?? 'mild';
  const language = chance.is(hindiShare) ? 'hi' : 'en';
  const facts = inventedFacts(scenario, severity, chance);
  const indian = INDIAN.includes(scenario);
  // Clinical reasoning is what a doctor's explanation adds: considerations, always as questions of whether.
  const reasoning = !indian && chance.is(REASONING_SHARE);
  const depth = reasoning ? 'doctor' : 'bedside';
  const complete = completeFacts(facts);
  const holes = composeHoles(
    complete,
    language,
    depth,
    chance,
    (planned, hole) => holeFinding(planned, hole, complete) === null,
  );
  if (holes === null) return null;
  const kind: ExampleKind = indian
    ? 'indian-context'
    : reasoning
      ? 'clinical-reasoning'
      : 'alert-explanation';
  return {
    id: `synthetic-${seed}-${index}`,
    kind,
    scenario,
    language,
    source: 'synthetic',
    provenance: `generator, seed ${seed}, case ${index}, ${severity}`,
    licence: 'Apache-2.0',
    group: `synthetic-${seed}-${index}`,
    content: { form: 'holes', depth, facts, holes },
  };
}

/**
 * So many checked explanations of a seed. The same seed, count and share of Hindi give the same examples; for a model that
 * writes English only the share is 0.
 */
export function syntheticExplanations(seed: number, count: number, hindiShare = HINDI_SHARE): Synthetic {
  const chance = createChance(seed);
  const examples: Example[] = [];
  const rejected: { id: string; rejection: Rejection }[] = [];
  for (let index = 0; examples.length < count && index < count * 4; index++) {
    const example = holesExample(seed, index, chance, hindiShare);
    if (example === null) continue;
    const rejection = checkExample(example);
    if (rejection === null) examples.push(example);
    else rejected.push({ id: example.id, rejection });
  }
  return { examples, rejected };
}
