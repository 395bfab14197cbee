import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeFacts } from '../explanation/facts.ts';
import { certaintyRule } from '../explanation/verifier/certainty.ts';
import { citationRule } from '../explanation/verifier/citation.ts';
import { directiveRule } from '../explanation/verifier/directive.ts';
import { dismissalRule } from '../explanation/verifier/dismissal.ts';
import { identifierRule } from '../explanation/verifier/identifier.ts';
import { checkedText } from '../explanation/verifier/text.ts';
import { questionSchema } from './card.ts';
import { type Library, readLibrary } from './library.ts';

const FOLDER = new URL('../../resources/knowledge/', import.meta.url);

function text(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8');
}

function topics(): ReadonlyMap<string, string> {
  const files = readdirSync(new URL('cards/', FOLDER)).filter((file) => file.endsWith('.md'));
  return new Map(files.sort().map((file) => [file.slice(0, -'.md'.length), text(`cards/${file}`)]));
}

const HEAD: unknown = JSON.parse(text('library.json'));

function library(): Library {
  const read = readLibrary(HEAD, topics());
  if (!read.ok) throw new Error(JSON.stringify(read.faults, null, 2));
  return read.library;
}

/** Of the verifier's rules those that hold for a text about no patient; orders are judged by their doses alone. */
const JUDGED = [certaintyRule, citationRule, directiveRule, dismissalRule, identifierRule];

/**
 * What the rules for a sentence about a patient object to and a text about an illness may say ("may look well until
 * late", "can move within hours"). Each was read in its card; another one fails the test.
 */
const SAID_OF_ILLNESS: ReadonlySet<string> = new Set([
  'aluminium-phosphide certainty: within hours',
  'dengue-critical dismissal: not yet',
  'dysreflexia dismissal: the usual',
  'hr-rising dismissal: अपने आप ठीक',
  'hyperkalaemia certainty: रुक जाए',
  'hyperkalaemia dismissal: रुक जाए',
  'lactate dismissal: encouraging',
  'leptospirosis certainty: within hours',
  'meningitis certainty: within hours',
  'nail-varnish dismissal: can be missed',
  'neutropenia dismissal: look well',
  'new-confusion dismissal: usual for this',
  'new-confusion dismissal: के लिए सामान्य',
  'news2-high certainty: बचता',
  'news2-incomplete certainty: can only be',
  'news2-incomplete certainty: ही हो सकता है',
  'news2-incomplete dismissal: the usual',
  'news2-limits dismissal: can keep',
  'postoperative-bleeding certainty: बंद हो सकता',
  'pregnancy dismissal: look well',
  'reduced-consciousness certainty: बंद हो सकता',
  'reduced-consciousness dismissal: the usual',
  'respiratory-failure certainty: lungs are failing',
  'respiratory-failure dismissal: ज़रूरत पूरी नहीं',
  'rr-count dismissal: the usual',
  'sepsis-elderly dismissal: their usual',
  'septic-shock certainty: उपयोगी',
  'shock-index dismissal: looks tolerable',
  'shock-index dismissal: tolerable',
  'spo2-scale-2 certainty: सिद्ध है',
  'stroke certainty: आख़िरी',
  'stroke dismissal: write it down',
  'transfusion-reaction certainty: within hours',
  'transfusion-reaction dismissal: the usual',
  'work-of-breathing dismissal: bearable',
  'work-of-breathing dismissal: look bearable',
]);

/** What a laboratory or a urine bag measures has a dose's units and is none. */
function withoutConcentrations(passage: string): string {
  return passage.replace(/[\d.]+ (?:mmol\/L|mg\/dL|mL\/kg(?= (?:an hour|प्रति घंटे)))/gu, 'that');
}

test('every card of the program keeps the rules, and the ward’s vitals, rules and patterns all have one', () => {
  const { cards } = library();
  expect(cards.length).toBeGreaterThanOrEqual(90);
  expect(cards.filter(({ hindi }) => hindi !== null).length).toBeGreaterThanOrEqual(30);
  const answered = new Set<string>(cards.flatMap((card) => card.answers));
  const vitals = ['rr', 'spo2', 'sbp', 'hr', 'temp'].flatMap((vital) =>
    ['low', 'high', 'missing'].map((state) => `${vital} ${state}`),
  );
  expect([...vitals, 'oxygen on', 'consciousness altered'].filter((sign) => !answered.has(sign))).toEqual([]);
});

test('no card doses, dismisses, prophesies or names anybody, as the verifier judges it, in either language', () => {
  const facts = completeFacts({ vitals: {} });
  const objections = library().cards.flatMap(({ id, text: english, hindi }) =>
    [english, ...(hindi === null ? [] : [hindi.text])].map(withoutConcentrations).flatMap((passage) => {
      const checked = checkedText(passage);
      return JUDGED.flatMap((rule) => rule.check({ checked, facts, about: null, hole: null, ending: 'none' }))
        .filter(({ rule, message }) => rule !== 'directive' || message.startsWith('A dose'))
        .map(({ rule, start, end }) => `${id} ${rule}: ${checked.text.slice(start, end)}`);
    }),
  );
  expect(objections.filter((objection) => !SAID_OF_ILLNESS.has(objection))).toEqual([]);
});

test('the numbers of a Hindi text are those of its English one', () => {
  const numbers = (passage: string): readonly string[] => passage.match(/\d+(?:[.,]\d+)?/gu) ?? [];
  const differing = library().cards.filter(
    (card) => card.hindi !== null && !numbers(card.hindi.text).every((n) => numbers(card.text).includes(n)),
  );
  expect(differing.map(({ id }) => id)).toEqual([]);
});

test('a question for the retrieval test names cards that exist, and is asked once', () => {
  const ids = new Set(library().cards.map(({ id }) => id));
  const questions = text('questions.jsonl')
    .trim()
    .split('\n')
    .map((line) => questionSchema.parse(JSON.parse(line)));
  expect(questions.length).toBeGreaterThanOrEqual(120);
  expect(questions.flatMap(({ cards }) => cards).filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(questions.map(({ question }) => question.toLowerCase())).size).toBe(questions.length);
  expect(questions.filter(({ language }) => language !== 'en').length).toBeGreaterThanOrEqual(20);
});
