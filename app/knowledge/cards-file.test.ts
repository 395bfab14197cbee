import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEWEST_WORDS, MOST_WORDS } from './card.ts';
import { readCardsFile } from './cards-file.ts';
import { readLibrary } from './library.ts';

const PASSAGE = `${'One more thing that may be worth a look. '.repeat(5)}It goes on.`;

interface Given {
  readonly title?: string;
  readonly fields?: readonly string[];
  readonly text?: string;
  readonly after?: string;
}

const FIELDS = ['id: rr-high', 'answers: rr high', 'sources: a-source', 'reviewed: 2026-11', 'version: 1'];

function file({ title = 'Fast breathing', fields = FIELDS, text = PASSAGE, after = '' }: Given = {}): string {
  return `# Breathing\n\n## ${title}\n${fields.map((field) => `- ${field}`).join('\n')}\n\n${text}\n${after}`;
}

function faults(given: Given): string[] {
  return readCardsFile('breathing', file(given)).faults.map(({ line, message }) => `${line} ${message}`);
}

function withField(name: string, value: string): readonly string[] {
  return FIELDS.map((field) => (field.startsWith(`${name}:`) ? `${name}: ${value}` : field));
}

test('a card is read with its topic, its lists and both languages; lines are joined', () => {
  const fields = [...FIELDS, 'words: panting, resp rate up'];
  const given = file({ fields, text: PASSAGE.replaceAll('. ', '.\n'), after: `\n### तेज़ साँस\n${PASSAGE}\n` });
  expect(readCardsFile('breathing', given)).toEqual({
    faults: [],
    cards: [
      {
        id: 'rr-high',
        topic: 'breathing',
        title: 'Fast breathing',
        answers: ['rr high'],
        words: ['panting', 'resp rate up'],
        text: PASSAGE,
        hindi: { title: 'तेज़ साँस', text: PASSAGE },
        sources: ['a-source'],
        reviewed: '2026-11',
        version: 1,
      },
    ],
  });
  expect(readCardsFile('breathing', given.replaceAll('\n', '\r\n')).faults).toEqual([]);
});

test('what a card lacks, repeats, misspells or hides is a fault with its line', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ fields: FIELDS.filter((field) => !field.startsWith('reviewed')) })[0]).toMatch(
    /^3 reviewed/u,
  );
  expect(faults({ fields: withField('reviewed', '2026-13') })[0]).toMatch(/^3 reviewed/u);
  expect(faults({ fields: withField('answers', 'rr hihg') })[0]).toMatch(/^3 answers/u);
  expect(faults({ fields: withField('sources', '') })[0]).toMatch(/^3 sources/u);
  expect(faults({ fields: withField('version', '0') })[0]).toMatch(/^3 version/u);
  expect(faults({ fields: [...FIELDS, 'dose: none'] })).toEqual(['9 Unknown field: dose.']);
  expect(faults({ fields: [...FIELDS, 'id: other'] })).toEqual(['9 The field stands twice: id.']);
  expect(faults({ text: PASSAGE.replace('may', '\u202emay') })[0]).toContain('invisible');
  expect(faults({ text: PASSAGE.replace('may', '[p1]') })[0]).toContain('markup');
  expect(faults({ text: PASSAGE.replace('One', '२६') })[0]).toContain('Latin');
  expect(faults({ after: `### one\n${PASSAGE}\n### two\n${PASSAGE}` })[0]).toContain('one Hindi text');
});

test('the length of a passage is held at both ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 * MOST_WORDS }), (count) => {
      const fits = count >= FEWEST_WORDS && count <= MOST_WORDS;
      expect(faults({ text: Array(count).fill('word').join(' ') }).length === 0).toBe(fits);
    }),
  );
});

test('a library refuses two cards of one name, an unknown source and an unused one', () => {
  const source = (id: string) => ({ id, organisation: 'Somebody', title: 'Something', year: 2020 });
  const head = (ids: readonly string[]) => ({
    format: 'medobsmind-knowledge-1',
    version: 1,
    licence: 'Apache-2.0',
    note: 'Written for this test alone.',
    sources: ids.map(source),
  });
  const read = (ids: readonly string[], ...files: readonly string[]) => {
    const reading = readLibrary(head(ids), new Map(files.map((text, index) => [`topic-${index}`, text])));
    return reading.ok ? [] : reading.faults.map(({ message }) => message);
  };
  expect(read(['a-source'], file())).toEqual([]);
  expect(read(['a-source'], file(), file()).join()).toContain('Two cards are called rr-high.');
  expect(read(['other'], file())).toEqual([
    'No card rests on other.',
    'rr-high: no source is called a-source.',
  ]);
  expect(readLibrary({}, new Map()).ok).toBe(false);
});
