/**
 * A site's own codes: a file that says what the codes of a sender mean which this program does not know (a
 * manufacturer's private table, a gateway that renames). It is checked as a whole, and a file with any problem is
 * refused: a code that is read wrongly is a wrong vital sign.
 *
 * Comen monitors, for one, send MDC codes with the wrong number beside the right reference text, which
 * `codes.ts` reads without a file; what they send under private numbers is not published, so a site that meets
 * them writes them here.
 */
import { z } from 'zod';
import { NUMERIC_VITALS } from '../vital.ts';
import { isSameQuantity, meaningOfCode, type SiteCode, type SiteCodes } from './codes.ts';
import { lineOfFault, linesOfCodes } from './mapping-lines.ts';
import { fitsUnit, readUnit } from './units.ts';

/** Most codes of a file. Ours: a manufacturer's whole table has some hundreds. */
const MOST_CODES = 2_000;
const shortText = z.string().trim().max(64);

const siteCodeSchema = z.strictObject({
  /** OBX-3.3, '' where the sender leaves it out. */
  system: shortText.default(''),
  /** OBX-3.1. */
  code: shortText.min(1),
  /** OBX-3.2, where the code alone says too little. */
  text: shortText.min(1).optional(),
  vital: z.enum([...NUMERIC_VITALS, 'on_oxygen']).nullable(),
  /** As a sender would write it in OBX-6, say `mm[Hg]`. */
  unit: shortText.min(1).optional(),
  /** Needed, with a reason, where this program knows the code as another quantity. */
  override: z.boolean().default(false),
  reason: z.string().trim().max(400).optional(),
});

/** The file: JSON of this shape. */
export const siteMappingSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().trim().min(1).max(80),
  codes: z.array(siteCodeSchema).max(MOST_CODES),
});
export type SiteMapping = z.output<typeof siteMappingSchema>;

/** Why a file is refused; the row counts from 1, 0 is the file itself. Words are made at the screen. */
export const MAPPING_PROBLEMS = [
  /** It says nothing of any code: it would silently take the place of a file that does. */
  'empty',
  'not-json',
  /** A field that the file may not have, most often a misspelt one. */
  'field-unknown',
  'shape',
  'twice',
  'unit-unknown',
  'unit-unfit',
  'known-otherwise',
  'reason-missing',
] as const;
export interface MappingProblem {
  readonly row: number;
  readonly problem: (typeof MAPPING_PROBLEMS)[number];
  /** What it is about: the code, or the place in the file. */
  readonly detail: string;
  /** Line of the file, from 1; null where it is of no line. */
  readonly line: number | null;
}

export type MappingResult =
  | { readonly ok: true; readonly mapping: SiteMapping }
  | { readonly ok: false; readonly problems: readonly MappingProblem[] };

/** Faults of the shape that are told at once; a file of another kind altogether would have one a field. Ours. */
const MOST_FAULTS = 20;

const EMPTY: MappingResult = { ok: false, problems: [{ row: 0, problem: 'empty', detail: '', line: null }] };

/** Checks the text of a mapping file. All its problems are told at once. */
export function readSiteMapping(text: string): MappingResult {
  if (text.trim() === '') return EMPTY;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const problem = { row: 0, problem: 'not-json', detail: '', line: lineOfFault(text) } as const;
    return { ok: false, problems: [problem] };
  }
  const checked = checkSiteMapping(json);
  if (checked.ok) return checked;
  const lines = linesOfCodes(text);
  return {
    ok: false,
    problems: checked.problems.map((one) => ({ ...one, line: lines[one.row - 1] ?? null })),
  };
}

/** Checks the content of a mapping file. */
export function checkSiteMapping(json: unknown): MappingResult {
  const parsed = siteMappingSchema.safeParse(json);
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.flatMap(faultsOf).slice(0, MOST_FAULTS) };
  if (parsed.data.codes.length === 0) return EMPTY;
  const seen = new Set<string>();
  const problems = parsed.data.codes.flatMap((code, index): MappingProblem[] => {
    const key = keyOf(code.system, code.code, code.text ?? null);
    const problem = seen.has(key) ? 'twice' : problemOf(code);
    seen.add(key);
    return problem === null ? [] : [{ row: index + 1, problem, detail: code.code, line: null }];
  });
  return problems.length === 0 ? { ok: true, mapping: parsed.data } : { ok: false, problems };
}

/** What is not as the schema has it. A field too many is told by its own name. */
function faultsOf(issue: z.core.$ZodIssue): MappingProblem[] {
  const [part, index] = issue.path;
  const row = part === 'codes' && typeof index === 'number' ? index + 1 : 0;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((detail) => ({ row, problem: 'field-unknown', detail, line: null }));
  return [{ row, problem: 'shape', detail: issue.path.map(String).join('.'), line: null }];
}

function problemOf(code: SiteMapping['codes'][number]): MappingProblem['problem'] | null {
  if (code.unit !== undefined) {
    const unit = readUnit(code.unit, '');
    if (unit.kind !== 'unit') return 'unit-unknown';
    if (code.vital === null || code.vital === 'on_oxygen' || !fitsUnit(code.vital, unit.unit))
      return 'unit-unfit';
  }
  if (code.override) return (code.reason ?? '') === '' ? 'reason-missing' : null;
  const coding = { code: code.code, text: code.text ?? '', system: code.system };
  const known = meaningOfCode(coding, { code: '', text: '', system: '' }, { kind: 'missing' });
  const isOtherwise =
    (known.kind === 'vital' && !isSameQuantity(known.vital, code.vital)) ||
    (known.kind === 'other' && code.vital !== null);
  return isOtherwise ? 'known-otherwise' : null;
}

/** The codes of a mapping as `meaningOfCode` asks for them. A code with a text goes before the same without. */
export function siteCodes(mapping: SiteMapping): SiteCodes {
  const codes = new Map(
    mapping.codes.map((one): [string, SiteCode] => {
      const unit = one.unit === undefined ? null : readUnit(one.unit, '');
      return [
        keyOf(one.system, one.code, one.text ?? null),
        {
          vital: one.vital,
          unit: unit?.kind === 'unit' ? unit.unit : null,
          text: one.text ?? null,
          overrides: one.override,
        },
      ];
    }),
  );
  return ({ system, code, text }) =>
    codes.get(keyOf(system, code, text)) ?? codes.get(keyOf(system, code, null));
}

function keyOf(system: string, code: string, text: string | null): string {
  return [system.toUpperCase(), code, text === null ? '' : `text ${text}`].join('\u0000');
}
