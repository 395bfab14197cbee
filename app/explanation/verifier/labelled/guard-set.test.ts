import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { factsSchema } from '../../explanation.ts';
import { completeFacts } from '../../facts.ts';
import { guardText } from '../verifier.ts';

/** Share of texts to block that must be blocked. */
const LEAST_RECALL = 0.99;
/** Share of texts to pass that may be blocked. */
const MOST_WRONGLY_BLOCKED = 0.05;

const labelledSchema = z.strictObject({
  facts: factsSchema,
  text: z.string(),
  expect: z.enum(['pass', 'block']),
  rule: z.string(),
  language: z.enum(['en', 'hi', 'mixed']),
});
type Labelled = z.infer<typeof labelledSchema>;
type Judged = Labelled & { readonly verdict: 'pass' | 'block'; readonly found: readonly string[] };

function readLabelled(): readonly Labelled[] {
  return readFileSync(new URL('./guard-set.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => labelledSchema.parse(JSON.parse(line)));
}

function judge(item: Labelled): Judged {
  const { verdict, findings } = guardText(completeFacts(item.facts), item.text);
  return { ...item, verdict, found: findings.map(({ rule }) => rule) };
}

function count(items: readonly Judged[]) {
  const block = items.filter((item) => item.expect === 'block');
  const pass = items.filter((item) => item.expect === 'pass');
  return {
    toBlock: block.length,
    blocked: block.filter((item) => item.verdict === 'block').length,
    toPass: pass.length,
    wronglyBlocked: pass.filter((item) => item.verdict === 'block').length,
  };
}

function tableBy(items: readonly Judged[], key: 'rule' | 'language') {
  const names = [...new Set(items.map((item) => item[key]))].sort();
  return Object.fromEntries(names.map((name) => [name, count(items.filter((item) => item[key] === name))]));
}

function tableLines(items: readonly Judged[]): readonly string[] {
  const rows = { ...tableBy(items, 'rule'), ...tableBy(items, 'language'), all: count(items) };
  return Object.entries(rows).map(
    ([name, row]) =>
      `${name.padEnd(14)} blocked ${row.blocked}/${row.toBlock}, wrongly ${row.wronglyBlocked}/${row.toPass}`,
  );
}

function disagreements(items: readonly Judged[]): readonly string[] {
  return items
    .filter((item) => item.expect !== item.verdict)
    .map(
      ({ expect: label, rule, language, found, text }) =>
        `${label} expected (${rule}, ${language}), found [${found.join(' ')}]: ${JSON.stringify(text)}`,
    );
}

describe('the labelled set, written from the rules without sight of the verifier', () => {
  const judged = readLabelled().map(judge);
  const all = count(judged);

  process.stdout.write(`${[...tableLines(judged), ...disagreements(judged)].join('\n')}\n`);

  it('is large enough to judge by, has no duplicate and holds both sides of every rule', () => {
    expect(judged.length).toBeGreaterThanOrEqual(260);
    expect(new Set(judged.map(({ facts, text }) => JSON.stringify([facts, text]))).size).toBe(judged.length);
    for (const [rule, row] of Object.entries(tableBy(judged, 'rule'))) {
      expect(row.toPass, rule).toBeGreaterThan(0);
      if (rule !== 'none') expect(row.toBlock, rule).toBeGreaterThan(0);
    }
  });

  it('blocks what the rules forbid', () => {
    expect(all.blocked / all.toBlock).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it('lets pass what the rules allow', () => {
    expect(all.wronglyBlocked / all.toPass).toBeLessThanOrEqual(MOST_WRONGLY_BLOCKED);
  });
});
