/**
 * Our own labelled set: `identifying.txt` with `{kind:text}` around each identifier, and `clean.txt`, whose every line
 * tempts and names nobody. A hit counts where it covers the whole of what is marked.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { identifiers } from '../identify.ts';
import { IDENTIFIER_KINDS } from '../span.ts';

const linesOf = (name: string): string[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
const MARK = /\{([a-z0-9-]+):([^}]+)\}/gu;
/** Names and places are a matter of degree (at least 92 %); everything else has a shape (all of it). */
const BY_DEGREE: readonly string[] = ['name', 'address', 'location'];
const LEAST_BY_DEGREE = 0.92;
const MOST_CLEAN_HIT = 0.05;

interface Labelled {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly kind: string }[];
}

function labelled(line: string): Labelled {
  let text = '';
  let at = 0;
  const spans = [...line.matchAll(MARK)].map(([whole, kind = '', marked = ''], index, all) => {
    const found = [...line.matchAll(MARK)][index]?.index ?? 0;
    text += line.slice(at, found);
    at = found + whole.length;
    const start = text.length;
    text += marked;
    if (all.length === 0) throw new Error('unreachable');
    return { start, end: text.length, kind };
  });
  return { text: text + line.slice(at), spans };
}

const IDENTIFYING = linesOf('identifying.txt').map(labelled);
const CLEAN = linesOf('clean.txt');

test('the set is large, half of it clean, and knows its kinds', () => {
  expect(IDENTIFYING.length + CLEAN.length).toBeGreaterThanOrEqual(400);
  for (const { spans, text } of IDENTIFYING) {
    expect(spans.length, text).toBeGreaterThan(0);
    for (const { kind } of spans) expect(IDENTIFIER_KINDS).toContain(kind);
  }
});

test('structured identifiers are all found, names and places nearly all', () => {
  const missed: string[] = [];
  const counts = { degree: 0, degreeMissed: 0 };
  for (const { text, spans } of IDENTIFYING) {
    const found = identifiers(text);
    for (const { start, end, kind } of spans) {
      let at = start;
      for (const span of found) if (span.start <= at && span.end > at) at = span.end;
      // What joins two hits ("12, MG Road") may stand between them.
      while (at < end && /[\s,.]/u.test(text[at] ?? '')) {
        at++;
        for (const span of found) if (span.start <= at && span.end > at) at = span.end;
      }
      if (BY_DEGREE.includes(kind)) counts.degree++;
      if (at >= end) continue;
      if (BY_DEGREE.includes(kind)) counts.degreeMissed++;
      else missed.push(`${kind}: ${text.slice(start, end)} in "${text}"`);
    }
  }
  expect(missed).toEqual([]);
  expect(1 - counts.degreeMissed / counts.degree).toBeGreaterThanOrEqual(LEAST_BY_DEGREE);
});

test('clean texts are left alone', () => {
  const hit = CLEAN.filter((text) => identifiers(text).length > 0);
  expect(hit.length / CLEAN.length, hit.join('\n')).toBeLessThanOrEqual(MOST_CLEAN_HIT);
});
