import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOfCodes } from './mapping-lines.ts';
import { readSiteMapping } from './site-codes.ts';

it('finds the line of each element, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 8 }), (codes) => {
      // One element a line: the third line holds the first of them.
      const rows = codes.map((code) => JSON.stringify(code)).join(',\n');
      const text = `{"name": "\\"codes\\": [",\n"codes": [\n${rows}\n], "more": [1, {"codes": [2]}]}`;
      expect(linesOfCodes(text)).toEqual(codes.map((_, index) => index + 3));
    }),
    { numRuns: 200 },
  );
});

it('tells the line of a wrong code, and of the end of what is no JSON', () => {
  const text =
    '{\n "version": 1,\n "name": "x",\n "codes": [\n  {"code": "a", "vital": "hr"},\n  {"code": "a", "vital": "hr"}\n ]\n}';
  expect(readSiteMapping(text)).toMatchObject({ problems: [{ row: 2, problem: 'twice', line: 6 }] });
  expect(readSiteMapping(text.slice(0, -2))).toMatchObject({ problems: [{ problem: 'not-json', line: 7 }] });
  expect(readSiteMapping('{\n "version": ?')).toMatchObject({ problems: [{ problem: 'not-json', line: 2 }] });
});
