/**
 * Long lists of names are looked up by word, not tried one after another: the cost is that of the text, whatever the
 * length of the list.
 */
import { foldForIdentifiers } from '../fold.ts';

const WORD = /[\p{L}\p{M}]+(?:[.'-][\p{L}\p{M}]+)*/gu;

export interface Entry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Finds the names of a list in a folded text: at each word the longest, never two that overlap. */
export function gazetteer(names: Iterable<string>): (text: string) => Entry[] {
  const listed = new Set([...names].map((name) => foldForIdentifiers(name).text));
  const mostWords = Math.max(...[...listed].map((name) => name.split(' ').length));
  return (text) => {
    const words = [...text.matchAll(WORD)];
    const found: Entry[] = [];
    for (let index = 0; index < words.length; index++) {
      const start = words[index]?.index ?? 0;
      for (let count = Math.min(mostWords, words.length - index); count > 0; count--) {
        const last = words[index + count - 1];
        const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
        const name = text.slice(start, end);
        if (!listed.has(name) && !listed.has(name.replace(/'s$/u, ''))) continue;
        found.push({ name, start, end });
        index += count - 1;
        break;
      }
    }
    return found;
  };
}
