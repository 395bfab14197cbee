/**
 * The trainer looks for the same shapes with the same expressions: its `patterns.py` is written from these (`vitest -u`),
 * so neither can be changed alone.
 */
import { expect, it } from 'vitest';
import { CONTACT_PATTERNS } from './contact.ts';
import { DATE_PATTERNS } from './dates.ts';
import { NATIONAL_PATTERNS } from './national-ids.ts';
import { RECORD_PATTERNS } from './records.ts';

type Patterns = Readonly<Record<string, RegExp | readonly RegExp[]>>;
const GROUPS: Readonly<Record<string, Patterns>> = {
  CONTACT: CONTACT_PATTERNS,
  NATIONAL: NATIONAL_PATTERNS,
  DATES: DATE_PATTERNS,
  RECORDS: RECORD_PATTERNS,
};

/** A string of JSON is one of Python too. */
const literal = ({ source, flags }: RegExp): string =>
  `(${JSON.stringify(source)}, ${flags.includes('i') ? 'False' : 'True'})`;

function written(name: string, patterns: Patterns): string {
  const entries = Object.entries(patterns).map(([entry, value]) => {
    const all: readonly RegExp[] = value instanceof RegExp ? [value] : value;
    return `    ${JSON.stringify(entry)}: [\n${all.map((one) => `        ${literal(one)},\n`).join('')}    ],\n`;
  });
  return `${name}: Expressions = {\n${entries.join('')}}\n`;
}

it('are those of the trainer', async () => {
  const groups = Object.entries(GROUPS).map(([name, patterns]) => written(name, patterns));
  await expect(
    [
      '"""Written from `app/learning/deidentification` by its tests: what identifies by its shape, and whether case counts."""\n',
      '# ruff: noqa: E501\n# fmt: off\n',
      'Expressions = dict[str, list[tuple[str, bool]]]\n',
      ...groups,
    ].join('\n'),
  ).toMatchFileSnapshot('../../../../resources/trainer/medobsmind_trainer/identifiers/patterns.py');
});
