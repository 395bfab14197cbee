/** What an OBX is of: its code and unit, worked out once for each kind of observation that monitors send. */
import { type CodeMeaning, type Coding, meaningOfCode, type SiteCodes } from './codes.ts';
import { rawField, type Segment, segmentOf, valueAt } from './message.ts';
import { readUnit, type UnitReading } from './units.ts';

/** What an observation is of, whatever its value. */
export interface ObservationKind {
  readonly type: string;
  readonly first: Coding;
  readonly sentUnit: UnitReading;
  readonly meaning: CodeMeaning;
}

/**
 * A monitor sends the same dozen kinds of observation day and night: they are worked out once, by the text of type,
 * code and unit. The text decides alone, so what is remembered cannot differ from what would be worked out anew; it
 * is forgotten when the site's own codes change, and when somebody sends more kinds than monitors have.
 */
const MOST_KINDS = 4096;
/** Letters of a kind that is remembered; longer ones no monitor sends. */
const LONGEST_KIND = 256;
const NO_SITE_CODES: SiteCodes = () => undefined;

/** A kind with the raw fields that it was worked out from. */
interface KnownKind {
  readonly type: string;
  readonly unit: string;
  readonly delimiters: Segment['delimiters'];
  readonly kind: ObservationKind;
}
/** By raw OBX-3: a code comes with one type and one unit, seldom with more. */
interface KnownKinds {
  readonly byCode: Map<string, readonly KnownKind[]>;
  size: number;
}
const knownKinds = new WeakMap<SiteCodes, KnownKinds>();

/** The kind of an observation, remembered or worked out. */
export function kindOf(obx: Segment, siteCodes: SiteCodes | null): ObservationKind {
  const { delimiters } = obx;
  const type = rawField(obx, 2);
  const code = rawField(obx, 3);
  const unit = rawField(obx, 6);
  const owner = siteCodes ?? NO_SITE_CODES;
  const kinds = knownKinds.get(owner) ?? { byCode: new Map<string, readonly KnownKind[]>(), size: 0 };
  const ofCode = kinds.byCode.get(code) ?? [];
  for (const known of ofCode)
    if (known.type === type && known.unit === unit && splitsAlike(known.delimiters, delimiters))
      return known.kind;
  const length = type.length + code.length + unit.length;
  if (length > LONGEST_KIND) return readKind(obx, siteCodes);
  // Worked out from letters of its own: pieces of the message's text would keep all of the message in memory.
  const [ownType = '', ownCode = '', ownUnit = ''] = owned([type, code, unit]);
  const own = segmentOf(['OBX', '', ownType, ownCode, '', '', ownUnit].join(delimiters.field), delimiters);
  const kind = readKind(own ?? obx, siteCodes);
  if (kinds.size >= MOST_KINDS) {
    kinds.byCode.clear();
    kinds.size = 0;
  }
  kinds.size += 1;
  const others = kinds.byCode.get(ownCode) ?? [];
  kinds.byCode.set(ownCode, [...others, { type: ownType, unit: ownUnit, delimiters, kind }]);
  knownKinds.set(owner, kinds);
  return kind;
}

/** Copies of texts that share no memory with the text they were cut from. */
function owned(texts: readonly string[]): string[] {
  return texts.map((text) => Array.from({ length: text.length }, (_, at) => text.charAt(at)).join(''));
}

function splitsAlike(one: Segment['delimiters'], other: Segment['delimiters']): boolean {
  return (
    one === other ||
    (one.component === other.component &&
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
  return { type: (valueAt(obx, 2) ?? '').toUpperCase(), first, sentUnit, meaning };
}

function coding(obx: Segment, field: number, first: number): Coding {
  return {
    code: valueAt(obx, field, first) ?? '',
    text: valueAt(obx, field, first + 1) ?? '',
    system: valueAt(obx, field, first + 2) ?? '',
  };
}
