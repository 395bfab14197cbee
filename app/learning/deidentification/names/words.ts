/** The words of a folded text with what makes each of them likely to be part of a name. */
import { isName, isSurname, mayBeName } from './given-names.ts';
import { isOrdinaryHindi } from './hindi-words.ts';
import { isEponym, isKnownWord } from './known-words.ts';
import { soundsLikeName, soundsLikeSurname, spelledLikeName } from './sound.ts';

export interface Word {
  readonly text: string;
  readonly small: string;
  readonly start: number;
  readonly end: number;
  readonly hindi: boolean;
  /** A single capital letter, with or without its full stop; in Devanagari a letter's name with its full stop. */
  readonly initial: boolean;
  readonly capital: boolean;
  /** In a list of names, and no other word. */
  readonly name: boolean;
  readonly surname: boolean;
  /** Could stand in a name: capital and not known to be another word, or in a list of names. */
  readonly possible: boolean;
  /** What stands between the word before and this one: a space, a full stop or less. */
  readonly adjoins: boolean;
  /** The sentence begins here, so that its capital says nothing. */
  readonly first: boolean;
}

/** Letters' names, as initials are written in Devanagari. */
const LETTER = /^(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|डब्ल्यू|एक्स|वाई|ज़ेड|जेड)$/u;
const WORD = /[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu;
const JOINT = /^(?:[.0]? ?|\. | *- *)$/u;
const SENTENCE_START = /(?:^|[.!?:;।|(\n]\s*|[-•*]\s+|\n\s*)$/u;

export function wordsOf(text: string): Word[] {
  let end = 0;
  return [...text.matchAll(WORD)].map((match) => {
    const [word] = match;
    const start = match.index;
    const small = word.toLowerCase().replace(/'s$/u, '');
    const hindi = /\p{Script=Devanagari}/u.test(word);
    const capital = /^\p{Lu}/u.test(word);
    const initial = /^\p{Lu}$/u.test(word);
    const between = text.slice(end, start);
    const whole: Word = hindi
      ? {
          ...{
            text: word,
            small: word,
            start,
            end: start + word.length,
            hindi,
            initial: LETTER.test(word) && text[start + word.length] === '.',
            capital: false,
          },
          name: !isOrdinaryHindi(word) && soundsLikeName(word),
          surname: soundsLikeSurname(word),
          possible: word.length > 1 && !isOrdinaryHindi(word),
          adjoins: JOINT.test(between),
          first: false,
        }
      : {
          ...{ text: word, small, start, end: start + word.length, hindi, initial, capital },
          name:
            (isName(small) || (capital && !isKnownWord(small) && spelledLikeName(small))) && !isEponym(small),
          surname: isSurname(small),
          possible:
            !initial &&
            word.length > 1 &&
            ((capital && (mayBeName(small) || (!isKnownWord(small) && !isShout(word)))) || isName(small)),
          adjoins: JOINT.test(between),
          first: SENTENCE_START.test(text.slice(Math.max(0, start - 12), start)),
        };
    end = start + word.length;
    return whole;
  });
}

/** Short words in capitals are abbreviations; a longer one may be a name in a printed form. */
function isShout(word: string): boolean {
  return (
    (word.length <= 5 && word === word.toUpperCase()) || /^(?!Mc|Mac|D')\p{Lu}?\p{Ll}+\p{Lu}/u.test(word)
  );
}
