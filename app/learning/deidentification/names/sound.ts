/**
 * Compares Devanagari with names in Latin letters by their sound: long and short vowels, aspirates' spellings and the
 * silent vowel inside a word are made one. ISO 15919 is where the letters' sounds are taken from.
 */
import { foldForIdentifiers } from '../fold.ts';
import { everyName, isName, isSurname } from './given-names.ts';

const CONSONANTS = new Map(
  Object.entries({
    क: 'k',
    ख: 'kh',
    ग: 'g',
    घ: 'gh',
    ङ: 'n',
    च: 'c',
    छ: 'c',
    ज: 'j',
    झ: 'j',
    ञ: 'n',
    ट: 't',
    ठ: 't',
    ड: 'd',
    ढ: 'd',
    ण: 'n',
    त: 't',
    थ: 't',
    द: 'd',
    ध: 'd',
    न: 'n',
    प: 'p',
    फ: 'f',
    ब: 'b',
    भ: 'b',
    म: 'm',
    य: 'y',
    र: 'r',
    ल: 'l',
    व: 'v',
    श: 's',
    ष: 's',
    स: 's',
    ह: 'h',
    ळ: 'l',
  }),
);
const VOWELS = new Map(
  Object.entries({
    अ: 'a',
    आ: 'a',
    इ: 'i',
    ई: 'i',
    उ: 'u',
    ऊ: 'u',
    ऋ: 'ri',
    ए: 'e',
    ऐ: 'e',
    ओ: 'o',
    औ: 'o',
    'ा': 'a',
    'ि': 'i',
    'ी': 'i',
    'ु': 'u',
    'ू': 'u',
    'ृ': 'ri',
    'े': 'e',
    'ै': 'e',
    'ो': 'o',
    'ौ': 'o',
    'ॉ': 'o',
    ऑ: 'o',
  }),
);
const VIRAMA = '्';
const NASALS = /[ंँ]/u;

/** How a Devanagari word sounds, with every inherent vowel but the last. */
function soundOfDevanagari(word: string): string {
  let sound = '';
  const letters = [...foldForIdentifiers(word).text];
  for (const [index, letter] of letters.entries()) {
    const consonant = CONSONANTS.get(letter);
    const next = letters[index + 1] === '़' ? letters[index + 2] : letters[index + 1];
    if (consonant !== undefined) {
      sound += consonant;
      const silent = next === undefined || next === VIRAMA || (VOWELS.has(next) && !/[अ-औ]/u.test(next));
      if (!silent) sound += 'a';
    } else if (NASALS.test(letter)) sound += 'n';
    else sound += VOWELS.get(letter) ?? '';
  }
  return closed(sound);
}

function soundOfLatin(name: string): string {
  return closed(
    name
      .replace(/'/gu, '')
      .replace(/aa/gu, 'a')
      .replace(/ee|ey\b|y\b/gu, 'i')
      .replace(/oo/gu, 'u')
      .replace(/ai(?!$)|ay(?=[^aeiou])/gu, 'e')
      .replace(/au|ou/gu, 'o')
      .replace(/ph/gu, 'f')
      .replace(/w/gu, 'v')
      .replace(/z/gu, 'j')
      .replace(/q/gu, 'k')
      .replace(/x/gu, 'ks')
      .replace(/chh?/gu, 'c')
      .replace(/sh/gu, 's')
      .replace(/([tdbj])h/gu, '$1'),
  );
}

/** Doubled letters, the silent vowel before a last syllable, and m before a lip's sound. */
function closed(sound: string): string {
  return sound
    .replace(/(.)\1+/gu, '$1')
    .replace(/m(?=[pb])/gu, 'n')
    .replace(/(?<=[aeiou][^aeiou]h?)a(?=[^aeiou]h?[aeiou])/gu, '')
    .replace(/(?<=[^aeiou])a$/u, '');
}

const STRONG = new Set(everyName().filter(isName).map(soundOfLatin));
const ANY = new Set(everyName().map(soundOfLatin));
const FAMILY = new Set(everyName().filter(isSurname).map(soundOfLatin));
/** Shorter sounds are too often another word. */
const LEAST_SOUND = 4;

/** Whether a Devanagari word sounds like a name in its own right. */
export function soundsLikeName(word: string): boolean {
  const sound = soundOfDevanagari(word);
  return sound.length >= LEAST_SOUND && STRONG.has(sound);
}

/** Whether a Devanagari word sounds like any name, also one that is another word: a title or relation must tell. */
export function soundsLikeAnyName(word: string): boolean {
  const sound = soundOfDevanagari(word);
  return sound.length >= LEAST_SOUND - 1 && word.length >= LEAST_SOUND - 1 && ANY.has(sound);
}

/** Whether a longer Latin word is another spelling of a name ("Sunithaa", "Geetaa"). */
export function spelledLikeName(word: string): boolean {
  const sound = word.length >= LEAST_SOUND + 2 ? soundOfLatin(word) : '';
  return sound.length > LEAST_SOUND && STRONG.has(sound);
}

/** Whether a short Devanagari word sounds like a name: only what stands beside it can tell. */
export function soundsLikeShortName(word: string): boolean {
  const sound = soundOfDevanagari(word);
  return sound.length === LEAST_SOUND - 1 && word.length >= LEAST_SOUND && STRONG.has(sound);
}

/** Whether a Devanagari word sounds like a family's name. */
export function soundsLikeSurname(word: string): boolean {
  return FAMILY.has(soundOfDevanagari(word));
}
