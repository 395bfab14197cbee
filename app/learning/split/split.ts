/**
 * Parts of a data set: what trains, what validates, and a test set that nobody trains on. A group (a patient, a template,
 * a document) lies in one part, chosen by a hash of its name alone, so that neither order nor growth moves it.
 */
import type { Example } from '../examples/example.ts';
import { comparable, hashText, nearDuplicates } from './near-duplicates.ts';

export const PARTS = ['train', 'validation', 'test'] as const;
export type Part = (typeof PARTS)[number];
/** Share of groups that nobody trains on; of the rest, the guide's 90/10. */
const TEST_SHARE = 0.05;
const VALIDATION_SHARE = 0.1;
/** Other names of the same groups would fall elsewhere; the salt is part of the format and never changes. */
const SALT = 'medobsmind-split-1';

/**
 * The part of a group, by its name alone: a patient who becomes another case stays in one part, and as a hash spreads
 * every scenario alike, each stratum has the same shares (held by a test).
 */
export function partOfGroup(group: string): Part {
  const share = (purpose: string): number => hashText(`${SALT} ${purpose} ${group}`) / 2 ** 32;
  if (share('test') < TEST_SHARE) return 'test';
  return share('validation') < VALIDATION_SHARE ? 'validation' : 'train';
}

/** What two examples are compared by: all that a model would read and write. */
export function comparedText({ content }: Example): string {
  switch (content.form) {
    case 'holes':
      return `${JSON.stringify(content.facts.vitals)} ${content.holes.join(' ')}`;
    case 'preference':
      return `${JSON.stringify(content.facts.vitals)} ${content.chosen} ${content.rejected}`;
    case 'instruction':
      return `${content.instruction} ${content.input} ${content.output}`;
  }
}

export interface SplitExamples {
  readonly parts: { readonly [part in Part]: readonly Example[] };
  readonly repeated: readonly { readonly id: string; readonly of: string; readonly exactly: boolean }[];
}

/**
 * Leaves out what repeats and splits the rest. Examples are taken in the order of their ids, so that the order in which
 * they come changes nothing.
 */
export function splitExamples(given: readonly Example[]): SplitExamples {
  const examples = [...given].sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));
  const texts = examples.map(comparedText);
  const duplicates = nearDuplicates(texts);
  const parts: { [part in Part]: Example[] } = { train: [], validation: [], test: [] };
  const repeated: { id: string; of: string; exactly: boolean }[] = [];
  for (const [index, example] of examples.entries()) {
    const of = duplicates[index];
    const other = of === null || of === undefined ? undefined : examples[of];
    if (other !== undefined) {
      const exactly = comparable(texts[index] ?? '') === comparable(texts[of ?? 0] ?? '');
      repeated.push({ id: example.id, of: other.id, exactly });
    } else parts[partOfGroup(example.group)].push(example);
  }
  return { parts, repeated };
}
