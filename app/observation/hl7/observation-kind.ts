/** What an OBX is of: all that its fields but value and time say, worked out once for each kind that monitors send. */
import type { WithdrawnValue } from '../observation.ts';
import { type CodeMeaning, type Coding, meaningOfCode, type SiteCodes } from './codes.ts';
import { rawField, type Segment, segmentOf, valueAt } from './message.ts';
import { isFlaggedUnusable } from './observation-value.ts';
import { isKeptAsItIs, readUnit, type UnitReading } from './units.ts';

/** What an observation is of, whatever its value and its time. */
export interface ObservationKind {
  readonly type: string;
  readonly first: Coding;
  readonly meaning: CodeMeaning;
  /** The unit that its value is in: of OBX-6, else of the site's own code. */
  readonly unit: UnitReading;
  /** OBX-11 in capitals. */
  readonly status: string;
  /** OBX-8 says that its number cannot be used. */
  readonly isFlagged: boolean;
  /** What tells the measurement from others, without its time; null where it is of no vital. */
  readonly measurement: Required<WithdrawnValue> | null;
  /** A plain number of it stands as it is: nothing converts it, and no separator can stand in it. */
  readonly keepsPlainNumbers: boolean;
}

/**
 * A monitor sends the same dozen kinds of observation day and night: they are worked out once, by the text of type,
 * code, sub-id, unit, flags and status. The text decides alone, so what is remembered cannot differ from what would be
 * worked out anew; it is forgotten when the site's own codes change, and when somebody sends more kinds than monitors
 * have.
 */
const MOST_KINDS = 4096;
/** Letters of a kind that is remembered; longer ones no monitor sends. */
const LONGEST_KIND = 256;
/** Longest code and sub-id that are kept with a value. */
export const LONGEST_EXCERPT = 64;
const NO_SITE_CODES: SiteCodes = () => undefined;
const DOT = '.';

/** A kind with the raw text that it was worked out from. */
interface KnownKind {
  readonly unit: string;
  readonly flags: string;
  readonly delimiters: Segment['delimiters'];
  readonly kind: ObservationKind;
}
/** By raw OBX-2 to OBX-4: they come with one unit and the same flags, seldom with more. */
interface KnownKinds {
  readonly byCode: Map<string, readonly KnownKind[]>;
  size: number;
}
const knownKinds = new WeakMap<SiteCodes, KnownKinds>();

/** The kind of an observation, remembered or worked out. */
export function kindOf(obx: Segment, siteCodes: SiteCodes | null): ObservationKind {
  const { delimiters } = obx;
  const code = rawFields(obx, 2, 4);
  const unit = rawField(obx, 6);
  const flags = rawFields(obx, 8, 13);
  const owner = siteCodes ?? NO_SITE_CODES;
  const kinds = knownKinds.get(owner) ?? { byCode: new Map<string, readonly KnownKind[]>(), size: 0 };
  const ofCode = kinds.byCode.get(code);
  if (ofCode !== undefined)
    for (const known of ofCode)
      if (known.unit === unit && known.flags === flags && splitsAlike(known.delimiters, delimiters))
        return known.kind;
  if (code.length + unit.length + flags.length > LONGEST_KIND) return readKind(obx, siteCodes);
  // Worked out from letters of its own: pieces of the message's text would keep all of the message in memory.
  const [ownCode, ownUnit, ownFlags] = [owned(code), owned(unit), owned(flags)];
  const line = ['OBX', '', ...padded(ownCode, delimiters.field), '', ownUnit, '', ownFlags];
  const own = segmentOf(line.join(delimiters.field), delimiters);
  const kind = readKind(own ?? obx, siteCodes);
  if (kinds.size >= MOST_KINDS) {
    kinds.byCode.clear();
    kinds.size = 0;
  }
  kinds.size += 1;
  const others = kinds.byCode.get(ownCode) ?? [];
  kinds.byCode.set(ownCode, [...others, { unit: ownUnit, flags: ownFlags, delimiters, kind }]);
  knownKinds.set(owner, kinds);
  return kind;
}

/** The raw text from one field to another, with the separators between them; as far as there are so many. */
function rawFields({ line, starts }: Segment, first: number, last: number): string {
  const from = starts[first];
  if (from === undefined) return '';
  const next = starts[last + 1];
  return line.slice(from, next === undefined ? line.length : next - 1);
}

/** The three fields of a code, also of a line that ends before them. */
function padded(code: string, separator: string): string[] {
  const fields = code.split(separator);
  return [fields[0] ?? '', fields[1] ?? '', fields[2] ?? ''];
}

/** A copy of a text that shares no memory with the text it was cut from. */
export function owned(text: string): string {
  return Array.from({ length: text.length }, (_, at) => text.charAt(at)).join('');
}

function splitsAlike(one: Segment['delimiters'], other: Segment['delimiters']): boolean {
  return (
    one === other ||
    (one.field === other.field &&
      one.component === other.component &&
      one.repetition === other.repetition &&
      one.escape === other.escape &&
      one.subcomponent === other.subcomponent)
  );
}

function readKind(obx: Segment, siteCodes: SiteCodes | null): ObservationKind {
  const first = coding(obx, 3, 1);
  const unitCoding = coding(obx, 6, 1);
  const sentUnit = readUnit(unitCoding.code, unitCoding.text);
  const meaning = meaningOfCode(first, coding(obx, 3, 4), sentUnit, siteCodes);
  const unit = unitOf(sentUnit, meaning);
  const source = (valueAt(obx, 4) ?? '').slice(0, LONGEST_EXCERPT);
  const type = (valueAt(obx, 2) ?? '').toUpperCase();
  return {
    type,
    first,
    meaning,
    unit,
    status: (valueAt(obx, 11) ?? '').toUpperCase(),
    isFlagged: isFlaggedUnusable(obx),
    measurement:
      meaning.kind !== 'vital'
        ? null
        : {
            vital: meaning.vital,
            observedAt: null,
            source: source === '' ? null : source,
            code: first.code.slice(0, LONGEST_EXCERPT),
          },
    keepsPlainNumbers:
      type !== 'SN' &&
      meaning.kind === 'vital' &&
      meaning.vital !== 'on_oxygen' &&
      isKeptAsItIs(meaning.vital, unit, meaning.unitFixed) &&
      !Object.values(obx.delimiters).includes(DOT),
  };
}

function unitOf(sent: UnitReading, meaning: CodeMeaning): UnitReading {
  const isUntold = sent.kind === 'missing' && meaning.kind === 'vital' && meaning.unit !== undefined;
  return isUntold ? { kind: 'unit', unit: meaning.unit } : sent;
}

function coding(obx: Segment, field: number, first: number): Coding {
  return {
    code: valueAt(obx, field, first) ?? '',
    text: valueAt(obx, field, first + 1) ?? '',
    system: valueAt(obx, field, first + 2) ?? '',
  };
}
