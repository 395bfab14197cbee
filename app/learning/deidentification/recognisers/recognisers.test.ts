/** Identifiers made by chance and written as people write them must be found whole; what only looks alike must not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifiers } from '../identify.ts';

const digits = (count: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''));
const DEVANAGARI = '०१२३४५६७८९';
const WIDE = '０１２３４５６７８９';
const inScript = (text: string, zero: string): string =>
  text.replace(/\d/gu, (digit) => [...zero][Number(digit)] ?? digit);
const scripts = fc.constantFrom('0123456789', DEVANAGARI, WIDE);
/** Words that say nothing, before and behind. */
const frame = fc.constantFrom(
  ['Noted ', '.'],
  ['', ' is what they gave us'],
  ['पर्चे में ', ' लिखा है'],
  ['unhone ', ' bataya'],
) as fc.Arbitrary<[string, string]>;

/** Whether some hits together hold every unit of `id` that is no space. */
function coversAll(text: string, id: string): boolean {
  const from = text.indexOf(id);
  const found = identifiers(text);
  return [...id].every(
    (character, offset) =>
      /\s/u.test(character) || found.some(({ start, end }) => start <= from + offset && from + offset < end),
  );
}
const always = <T>(arbitrary: fc.Arbitrary<T>, write: (value: T) => { text: string; id: string }): void =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      const { text, id } = write(value);
      expect(coversAll(text, id), text).toBe(true);
    }),
    { numRuns: 60 },
  );

describe('identifiers made by chance', () => {
  it('mobiles in every grouping, with the country or trunk code, in three kinds of digits', () => {
    const prefix = fc.constantFrom('', '+91 ', '+91-', '0', '0091 ', '91');
    const marks = fc.constantFrom([5, ' '], [5, '-'], [10, ''], [4, ' '], [3, '-']) as fc.Arbitrary<
      [number, string]
    >;
    always(
      fc.tuple(frame, prefix, fc.integer({ min: 6, max: 9 }), digits(9), marks, scripts),
      ([[before, after], code, first, rest, [group, mark], zero]) => {
        const number = `${first}${rest}`.match(new RegExp(`.{1,${group}}`, 'gu'))?.join(mark) ?? '';
        const id = inScript(code + number, zero);
        return { text: before + id + after, id };
      },
    );
  });

  it('whatever a text calls an Aadhaar, right or mistyped', () => {
    const label = fc.constantFrom('Aadhaar ', 'aadhar no. ', 'आधार संख्या ', 'UID: ', 'adhar card number hai ');
    always(
      fc.tuple(label, digits(12), fc.constantFrom(' ', '-', ''), scripts),
      ([name, number, mark, zero]) => {
        const id = inScript(number.replace(/(.{4})(.{4})(.{4})/u, `$1${mark}$2${mark}$3`), zero);
        return { text: `${name}${id}`, id };
      },
    );
  });

  it('number plates of the states and of the BH series', () => {
    const letters = (least: number, most: number) =>
      fc.string({ unit: fc.constantFrom(...'ABCDEFGJKLMN'), minLength: least, maxLength: most });
    const state = fc.constantFrom('MH', 'DL', 'UP', 'KA', 'TN', 'RJ', 'WB', 'KL', 'GJ', 'TS');
    always(
      fc.tuple(
        frame,
        state,
        fc.integer({ min: 1, max: 99 }),
        letters(2, 2),
        digits(4),
        fc.constantFrom('', ' ', '-'),
      ),
      ([[before, after], name, office, series, number, mark]) => {
        const id = [name, String(office).padStart(2, '0'), series, number].join(mark);
        return { text: before + id + after, id };
      },
    );
    always(
      fc.tuple(frame, digits(2), digits(4), letters(1, 2)),
      ([[before, after], year, number, series]) => {
        const id = `${year} BH ${number} ${series}`;
        return { text: before + id + after, id };
      },
    );
  });

  it('record numbers under any usual label', () => {
    const label = fc.constantFrom(
      'MRN ',
      'UHID: ',
      'IP No. ',
      'CR no CR ',
      'OPD slip no ',
      'Hosp. No. ',
      'यूएचआईडी ',
    );
    const shape = fc
      .tuple(digits(2), digits(5))
      .chain(([one, two]) =>
        fc.constantFrom(`${one}/${two}`, `${one}-${two}`, `${one}${two}`, `AB${one}${two}`, `24/IPD/${two}`),
      );
    always(fc.tuple(label, shape), ([name, id]) => ({ text: `${name}${id}, stable`, id }));
  });

  it('beds and wards in their short forms', () => {
    const place = fc
      .tuple(fc.integer({ min: 1, max: 39 }), fc.integer({ min: 1, max: 59 }))
      .chain(([ward, bed]) =>
        fc.constantFrom(
          `ward ${ward} bed ${bed}`,
          `W${ward} B${bed}`,
          `ICU-${ward} B-${bed}`,
          `CCU-${String(bed).padStart(2, '0')}`,
          `वार्ड ${ward}, बेड ${bed}`,
          `wd ${ward} bd ${bed}`,
          `Bed no. ${bed}`,
        ),
      );
    always(fc.tuple(place, fc.constantFrom('', ' HR 110', '\nHR 44, BP 84/50', ' wale')), ([id, after]) => ({
      text: `Shifted to ${id}${after}`,
      id,
    }));
  });

  it('dates in figures and in words, and ages from ninety on', () => {
    const day = fc.integer({ min: 1, max: 28 });
    const month = fc.integer({ min: 0, max: 11 });
    const year = fc.integer({ min: 1930, max: 2029 });
    const named =
      'January February March April May June July August September October November December'.split(' ');
    const hindi = 'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर'.split(' ');
    const written = fc
      .tuple(day, month, year)
      .chain(([of, at, in_]) =>
        fc.constantFrom(
          `${of}/${at + 1}/${in_}`,
          `${of}.${at + 1}.${String(in_).slice(2)}`,
          `${in_}-${String(at + 1).padStart(2, '0')}-${String(of).padStart(2, '0')}`,
          `${of} ${named[at]} ${in_}`,
          `${named[at]} ${in_}`,
          `${of} ${hindi[at]} ${in_}`,
        ),
      );
    always(fc.tuple(written, scripts), ([date, zero]) => {
      const id = inScript(date, zero);
      return { text: `Born ${id}, seen today`, id };
    });
    const age = fc
      .integer({ min: 90, max: 119 })
      .chain((years) =>
        fc.constantFrom(
          `${years}/F`,
          `${years} साल`,
          `${years}M`,
          `${years}-year-old`,
          `${years} yrs`,
          `${years} saal`,
        ),
      );
    always(age, (id) => ({ text: `Patient, ${id}, septic`, id }));
  });

  it('with invisible marks between their digits, at the offsets of the text as given', () => {
    always(
      fc.tuple(digits(9), fc.constantFrom('\u200b', '\u200d', '\u202e', '\u2066', '\ufeff')),
      ([rest, mark]) => {
        const id = [...`9${rest}`].join(mark);
        return { text: `call ${id} now`, id };
      },
    );
  });
});

describe('what only looks alike', () => {
  it.each([
    'HR 98 BP 120/70 RR 20 SpO2 94',
    'Readings over the hour: 98 97 95 93 92 90',
    'I/O 2400/1800 in 24 h, intake 1200 1500 1801 ml',
    'MR grade 2, Sr Na 128, Sr creatinine 2.1',
    'Mapleson D, Kerley B lines, Bain circuit',
    'Asha worker brought her; sister will call, nurse may give',
    'मॉडल ने बताया, टीम ने देखा, परिवार ने सहमति दी',
    'शांत होकर सो रहे हैं, धैर्य और करुणा से बात करें',
    'बेटा शाम को आएगा, पत्नी को समझाया',
    'beta bahar baitha hai, doctor sahab ne dekha',
    'smoked 30 pack years, pulse 92 saal bhar se',
    'Unit 2 of PRBC, head end 30 degrees, bed rest',
    'Norwegian scabies, West Nile excluded, Bombay blood group',
  ])('%s', (text) => {
    expect(identifiers(text)).toEqual([]);
  });
});
