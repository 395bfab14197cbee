/**
 * Consciousness on the ACVPU scale, from what charts write instead: the words of a level of consciousness, or the
 * parts of the Glasgow Coma Scale. A chart that says "confused" does not say since when, and only a new confusion
 * scores: it is refused and not guessed, as is every word that names no step of the scale.
 */
import type { Acvpu } from '../observation/vital.ts';

export type ConsciousnessFault =
  | 'confusion-not-known-new'
  /** Sleep is no impairment; whether the patient can be roused was not charted. */
  | 'asleep'
  | 'sedated'
  | 'consciousness-not-told';

export type Consciousness =
  | { readonly ok: true; readonly level: Acvpu }
  | { readonly ok: false; readonly reason: ConsciousnessFault };

const LEVELS: ReadonlyMap<string, Acvpu> = new Map([
  ['a', 'A'],
  ['c', 'C'],
  ['v', 'V'],
  ['p', 'P'],
  ['u', 'U'],
  ['alert', 'A'],
  ['awake', 'A'],
  ['new confusion', 'C'],
  ['voice', 'V'],
  ['verbal', 'V'],
  ['arouse to voice', 'V'],
  ['responds to voice', 'V'],
  ['pain', 'P'],
  ['arouse to pain', 'P'],
  ['responds to pain', 'P'],
  ['unresponsive', 'U'],
]);
const FAULTS: ReadonlyMap<string, ConsciousnessFault> = new Map([
  ['confused', 'confusion-not-known-new'],
  ['confusion', 'confusion-not-known-new'],
  ['disoriented', 'confusion-not-known-new'],
  ['sleeping', 'asleep'],
  ['asleep', 'asleep'],
  ['dozing intermit', 'asleep'],
  ['sedated', 'sedated'],
]);

/** The step that a word of a chart names. */
export function levelOfWord(word: string): Consciousness {
  const key = word.trim().toLowerCase();
  const level = LEVELS.get(key);
  if (level !== undefined) return { ok: true, level };
  return { ok: false, reason: FAULTS.get(key) ?? 'consciousness-not-told' };
}

/** Parts of the Glasgow Coma Scale as a chart has them: a number, or a number before words; null where not charted. */
export interface ComaScale {
  readonly total: string | null;
  readonly eye: string | null;
  readonly verbal: string | null;
}

const ORIENTED = 5;
const CONFUSED = 4;
/** Opening of the eyes on the Glasgow Coma Scale (Teasdale & Jennett 1974). */
const EYE_WORDS: ReadonlyMap<string, number> = new Map([
  ['spontaneously', 4],
  ['to speech', 3],
  ['to pain', 2],
  ['none', 1],
]);
const VERBAL_WORDS: ReadonlyMap<string, number> = new Map([
  ['oriented', ORIENTED],
  ['confused', CONFUSED],
  ['inappropriate words', 3],
  ['incomprehensible sounds', 2],
  ['no response', 1],
  ['no response-ett', 1],
]);

function points(text: string | null, words: ReadonlyMap<string, number>): number | null {
  if (text === null) return null;
  const number = /^(\d+)(?:\.0)?(?:\s|$)/.exec(text.trim())?.[1];
  return number === undefined ? (words.get(text.trim().toLowerCase()) ?? null) : Number(number);
}

/**
 * The step that a Glasgow Coma Scale shows: eyes opened to voice, to pain or not at all tell V, P and U; open eyes
 * with an oriented answer tell A. The total tells only its ends: 15 and 3. Null where nothing was charted.
 */
export function levelOfComaScale({ total, eye, verbal }: ComaScale): Consciousness | null {
  if (total === null && eye === null && verbal === null) return null;
  const eyes = points(eye, EYE_WORDS);
  const answer = points(verbal, VERBAL_WORDS);
  const sum = points(total, new Map());
  if (eyes === 3) return { ok: true, level: 'V' };
  if (eyes === 2) return { ok: true, level: 'P' };
  if (eyes === 1 || (eyes === null && sum === 3)) return { ok: true, level: 'U' };
  if ((eyes === 4 && answer === ORIENTED) || (eyes === null && sum === 15)) return { ok: true, level: 'A' };
  if (answer === CONFUSED) return { ok: false, reason: 'confusion-not-known-new' };
  return { ok: false, reason: 'consciousness-not-told' };
}
