/** The index beside a ward: made in steps, and given up between two of them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../testing/ports.ts';
import { openEmbedder } from './open-embedder.ts';
import { programCards, readProgramLibrary } from './program-library.ts';
import { createSearchIndex, searchIndexInSteps } from './search-index.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const read = readProgramLibrary(join(ROOT, 'resources', 'knowledge'));
if (!read.ok) throw new Error('the library cannot be read');
const cards = programCards(read.library);
const options = {
  cards,
  embedder: openEmbedder(join(ROOT, 'models'), silentLog),
  nativeBinding: null,
};

test('made in steps it finds what it finds made at once, and lets others run in between', () => {
  const steps = searchIndexInSteps(options);
  let turns = 0;
  let step = steps.next();
  while (step.done !== true) {
    turns += 1;
    step = steps.next();
  }
  const inSteps = step.value;
  if (inSteps === null) throw new Error('given up');
  const atOnce = createSearchIndex(options);
  expect(turns).toBeGreaterThanOrEqual(Math.ceil(cards.length / 8));
  const found = (index: typeof atOnce) =>
    index.search('breathing fast and saturation falling', { most: 5 }).map(({ card }) => card.id);
  expect(found(inSteps)).toEqual(found(atOnce));
  expect(found(atOnce).length).toBeGreaterThan(0);
  for (const index of [inSteps, atOnce]) index.close();
});

test('given up between two steps it is over', () => {
  const steps = searchIndexInSteps(options);
  steps.next();
  expect(steps.return(null)).toEqual({ done: true, value: null });
  expect(steps.next().done).toBe(true);
});
