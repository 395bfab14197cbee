/**
 * Server-Sent Events as they arrive, in whatever pieces (WHATWG HTML, 9.2.6). Only `data` counts: a completions
 * server names no events and resumes nothing.
 */

/** Longest line or event that is kept, in characters; a server that sends more is not one of ours. */
const LONGEST = 1024 * 1024;

/** A line or an event that is longer than any answer. */
export class TooLong extends Error {}

export interface ServerEvents {
  /** Returns the data of each event that these characters complete. Throws `TooLong`. */
  push(text: string): string[];
}

export function createServerEvents(longest = LONGEST): ServerEvents {
  let line = '';
  let data: string[] = [];
  let length = 0;
  let atStart = true;
  let afterReturn = false;

  function endLine(found: string[]): void {
    const ended = line;
    line = '';
    if (ended === '') {
      if (data.length > 0) found.push(data.join('\n'));
      data = [];
      length = 0;
      return;
    }
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(ended) ?? [];
    if (name !== 'data') return;
    data.push(value);
    length += value.length;
    if (length > longest) throw new TooLong('an event is too long');
  }

  return {
    push(text) {
      const found: string[] = [];
      let rest = text;
      if (atStart && rest !== '') {
        atStart = false;
        if (rest.startsWith('\uFEFF')) rest = rest.slice(1);
      }
      for (const piece of rest.match(/\r|\n|[^\r\n]+/g) ?? []) {
        // A return and the feed behind it are one end, also where they arrive apart.
        const isRestOfEnd = piece === '\n' && afterReturn;
        afterReturn = piece === '\r';
        if (isRestOfEnd) continue;
        if (piece === '\r' || piece === '\n') endLine(found);
        else line += piece;
        if (line.length > longest) throw new TooLong('a line is too long');
      }
      return found;
    },
  };
}
