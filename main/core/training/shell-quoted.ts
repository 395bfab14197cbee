/** A word that a POSIX shell takes as it is, whatever is in it. */
export function shellQuoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
