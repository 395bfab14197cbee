/** Comments on an explanation: free text of a person, data and nothing else. */
import { type Outcome, ok, refused } from '../contract/outcome.ts';

/** 8 KiB of UTF-8 (verification reference, size limits). A letter of Devanagari takes three bytes. */
export const COMMENT_MOST_BYTES = 8 * 1024;

/**
 * The comment as it is kept: line ends as LF, control characters and invisible direction marks taken out,
 * nothing else changed. `invalid-request` where it is longer than 8 KiB.
 */
export function cleanComment(comment: string): Outcome<string> {
  const clean = comment
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .trim();
  return utf8Length(clean) > COMMENT_MOST_BYTES
    ? refused('invalid-request', { field: 'comment', mostBytes: COMMENT_MOST_BYTES })
    : ok(clean);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
