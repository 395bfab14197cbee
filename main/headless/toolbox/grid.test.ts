/** Alerts explained by the real model: no shown number differs from the record, and not everything is withheld. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_APPROVED_WORDS } from '../../../app/explanation/phrases.ts';
import type { SupervisedEngine } from '../../engine/supervised.ts';
import { openHeadlessEngine } from '../engine.ts';
import { type Explained, explainFacts } from './explain-facts.ts';
import { foreignNumbers, gridVitals, hasNumberWord, recordNumbers } from './grid.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const modelIsHere = existsSync(join(ROOT, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf'));
/** 20 in every run, 300 in the full one. */
const ALERTS = process.env.MEDOBSMIND_FULL ? 300 : 20;

describe.skipIf(!modelIsHere)(`a grid of ${ALERTS} alerts with the real model`, () => {
  let engine: SupervisedEngine;
  const explained: { vitals: ReturnType<typeof gridVitals>; result: Explained }[] = [];

  beforeAll(async () => {
    engine = openHeadlessEngine({
      root: ROOT,
      model: null,
      adapterFile: null,
      threads: null,
      safeMode: false,
      recordDirectory: null,
      smokeLoadFirst: false,
      fault: null,
    });
    expect(await engine.started).toMatchObject({ state: 'ready' });
    for (let index = 0; index < ALERTS; index++) {
      const vitals = gridVitals(index);
      explained.push({
        vitals,
        result: await explainFacts({ vitals }, engine, {
          mode: 'guided',
          language: 'en',
          depth: 'bedside',
          approved: NO_APPROVED_WORDS,
          seed: null,
        }),
      });
    }
  }, 1_800_000);
  afterAll(() => engine.close());

  it('writes each of them, guided', () => {
    expect(explained.map(({ result }) => result.mode)).toEqual(Array(ALERTS).fill('guided'));
    for (const { result } of explained) expect(result.sentences.length).toBeGreaterThanOrEqual(2);
  });

  it('shows no number that is not the record’s', () => {
    for (const { vitals, result } of explained) {
      const allowed = recordNumbers(vitals, result.score);
      for (const { text, parts } of result.sentences) {
        expect(foreignNumbers(text, allowed), text).toEqual([]);
        for (const part of parts.filter(({ kind }) => kind === 'hole')) {
          expect(part.text).not.toMatch(/\p{N}/u);
          expect(hasNumberWord(part.text), part.text).toBe(false);
        }
      }
    }
  });

  it('shows a fair share of what the model wrote: silence is not safety', () => {
    const sentences = explained.flatMap(({ result }) => result.sentences);
    const shown = sentences.filter(({ verdict }) => verdict === 'shown').length;
    expect(shown / sentences.length).toBeGreaterThan(0.4);
  });
});
