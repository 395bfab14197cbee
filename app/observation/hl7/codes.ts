/**
 * From OBX-3 to a vital. The reference text is trusted first, then the number, then plausibility, because
 * devices in the field send the right text with a wrong number (150017 for a cuff's systolic). Where both are
 * known and speak of different quantities, only the unit can settle it; if it cannot, the value is refused.
 */
import {
  type CodedVital,
  VITAL_OF_LOINC,
  VITAL_OF_MDC,
  VITAL_OF_MDIL_ONLY,
  VITAL_OF_MINDRAY_NUMBER,
  VITAL_OF_NIHON_KOHDEN,
  vitalOfReference,
} from './code-tables.ts';
import { vitalsOfLabel } from './labels.ts';
import { fitsUnit, type Unit, type UnitReading } from './units.ts';

/** One coding of a CE or CWE field: identifier, text, coding system. */
export interface Coding {
  readonly code: string;
  readonly text: string;
  readonly system: string;
}

/** What one of a site's own codes means (see `site-codes.ts`). */
export interface SiteCode {
  /** Null: known to the site, and none of this program's vitals. */
  readonly vital: CodedVital | null;
  /** The unit of a value that comes without one; null where such a value is refused. */
  readonly unit: Unit | null;
  /** The code means this only beside this text; null: beside any. */
  readonly text: string | null;
  /** It counts against what this program makes of the code by itself. */
  readonly overrides: boolean;
}

/** Looks a coding up among the site's own. */
export type SiteCodes = (coding: Coding) => SiteCode | undefined;

export type CodeMeaning =
  | {
      readonly kind: 'vital';
      readonly vital: CodedVital;
      /** True where the code system fixes the unit, so that an empty OBX-6 is no gap. */
      readonly unitFixed: boolean;
      /** The unit of the site's own code, where its sender leaves OBX-6 empty. */
      readonly unit?: Unit;
    }
  /** Known, and none of this program's vitals. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'disagree'; readonly byText: CodedVital | null; readonly byNumber: CodedVital | null };

/** What one side says: candidate vitals, none of them (empty), or nothing known (undefined). */
type Candidates = readonly CodedVital[] | undefined;

interface Nomenclature {
  readonly byNumber: Candidates;
  readonly byText: Candidates;
  /** A text that is not known speaks against the number ("SML" beside the number of respiration). */
  readonly unknownTextRefuses: boolean;
  /** The text alone is enough where the number is not known (reference identifiers, device labels). */
  readonly textIsEnough: boolean;
  readonly unitFixed: boolean;
}

/** Partition 2 of ISO/IEEE 11073-10101, where Philips' `0002-` codes live. */
const PARTITION_2 = 131072;

const QUANTITIES: { readonly [vital: string]: string } = {
  ...{ pulse: 'hr', pulse_art: 'hr', rr_pleth: 'rr' },
  ...{ sbp_art: 'sbp', sbp_nibp: 'sbp', dbp_art: 'dbp', dbp_nibp: 'dbp', map_art: 'map', map_nibp: 'map' },
};

/** The quantity without its site: a cuff's and an arterial line's systolic pressure are one quantity. */
function quantityOf(vital: CodedVital): string {
  return QUANTITIES[vital] ?? vital;
}

function listed(vital: CodedVital | null | undefined): Candidates {
  if (vital === undefined) return undefined;
  return vital === null ? [] : [vital];
}

function textCandidates(text: string): Candidates {
  return /^(?:MDC|MNDRY)_/.test(text) ? listed(vitalOfReference(text)) : vitalsOfLabel(text);
}

function isReference(text: string): boolean {
  return /^(?:MDC|MNDRY)_/.test(text);
}

function mdc({ code, text }: Coding): Nomenclature {
  return {
    byNumber: /^\d{1,9}$/.test(code) ? listed(VITAL_OF_MDC.get(Number(code))) : undefined,
    byText: textCandidates(text),
    unknownTextRefuses: isReference(text),
    textIsEnough: isReference(text),
    unitFixed: false,
  };
}

function mdil({ code, text }: Coding): Nomenclature {
  const low = code.toLowerCase();
  const hex = /^0002-([0-9a-f]{4})$/.exec(low)?.[1];
  const byMdc = hex === undefined ? undefined : VITAL_OF_MDC.get(PARTITION_2 + Number.parseInt(hex, 16));
  const own = VITAL_OF_MDIL_ONLY.get(low);
  return {
    byNumber: listed(own === undefined ? byMdc : own),
    byText: textCandidates(text),
    unknownTextRefuses: true,
    textIsEnough: true,
    unitFixed: false,
  };
}

function loinc({ code, text }: Coding): Nomenclature {
  return {
    byNumber: listed(VITAL_OF_LOINC.get(code)),
    byText: vitalsOfLabel(text),
    unknownTextRefuses: false,
    textIsEnough: false,
    unitFixed: false,
  };
}

function mindrayShare({ code, text }: Coding): Nomenclature {
  const vital = VITAL_OF_MINDRAY_NUMBER.get(Number(code));
  return {
    byNumber: listed(vital),
    byText: vitalsOfLabel(text),
    unknownTextRefuses: true,
    textIsEnough: false,
    // Carbon dioxide comes in the unit the monitor is set to, and the interface does not tell which.
    unitFixed: vital !== 'etco2',
  };
}

function nihonKohden({ code, text }: Coding): Nomenclature {
  return {
    byNumber: listed(VITAL_OF_NIHON_KOHDEN.get(code)),
    byText: vitalsOfLabel(text),
    unknownTextRefuses: true,
    textIsEnough: true,
    unitFixed: false,
  };
}

function nomenclatureOf(coding: Coding): Nomenclature | undefined {
  const { code, text } = coding;
  const system = coding.system.toUpperCase();
  // Philips gateways have been seen to misspell the system as MDILL.
  if (/^MDIL+$/.test(system) || (system === '' && /^[0-9a-f]{4}-[0-9a-f]{4}$/i.test(code)))
    return mdil(coding);
  if (system === 'LN' || system === 'LOINC' || system === 'LNC') return loinc(coding);
  if (system === 'MDC' || isReference(text)) {
    // A number of the 99MNDRY nomenclature is no MDC number: 105 is an axillary temperature there.
    return system === '99MNDRY' ? { ...mdc(coding), byNumber: undefined } : mdc(coding);
  }
  if (system !== '') return undefined;
  if (/^\d{6}$/.test(code) && /^(?:VITAL|NIBP)\s/.test(text)) return nihonKohden(coding);
  return /^\d{2,4}$/.test(code) ? mindrayShare(coding) : undefined;
}

function meaningWithin(nomenclature: Nomenclature, text: string): CodeMeaning {
  const { byNumber, byText, unitFixed } = nomenclature;
  const vital = (one: CodedVital): CodeMeaning => ({ kind: 'vital', vital: one, unitFixed });
  const disagree: CodeMeaning = {
    kind: 'disagree',
    byText: byText?.[0] ?? null,
    byNumber: byNumber?.[0] ?? null,
  };

  if (byText === undefined) {
    if (byNumber === undefined) return { kind: 'unknown' };
    const number = byNumber[0];
    if (number === undefined) return { kind: 'other' };
    return text !== '' && nomenclature.unknownTextRefuses ? disagree : vital(number);
  }
  if (byNumber === undefined) {
    const only = byText[0];
    if (only === undefined) return { kind: 'other' };
    return nomenclature.textIsEnough && byText.length === 1 ? vital(only) : { kind: 'unknown' };
  }
  const number = byNumber[0];
  // A number that is known to be none of ours stands against an open label ("Sys" of the pulmonary artery).
  if (number === undefined) return byText.length === 1 ? disagree : { kind: 'other' };
  if (byText.includes(number)) return vital(number);
  const sameQuantity = byText.find((one) => quantityOf(one) === quantityOf(number));
  return sameQuantity === undefined ? disagree : vital(sameQuantity);
}

function codingMeaning(coding: Coding): CodeMeaning {
  const nomenclature = nomenclatureOf(coding);
  return nomenclature === undefined ? { kind: 'unknown' } : meaningWithin(nomenclature, coding.text);
}

/** Settles a disagreement by the unit, where the unit fits what the text says and not what the number says. */
function settled(meaning: CodeMeaning, unit: UnitReading): CodeMeaning {
  if (meaning.kind !== 'disagree' || unit.kind !== 'unit') return meaning;
  const { byText, byNumber } = meaning;
  if (byText === null || byNumber === null || byText === 'on_oxygen' || byNumber === 'on_oxygen')
    return meaning;
  if (!fitsUnit(byText, unit.unit) || fitsUnit(byNumber, unit.unit)) return meaning;
  return { kind: 'vital', vital: byText, unitFixed: false };
}

function builtInMeaning(first: Coding, alternate: Coding, unit: UnitReading): CodeMeaning {
  const one = settled(codingMeaning(first), unit);
  const other =
    alternate.code === '' && alternate.text === '' ? null : settled(codingMeaning(alternate), unit);
  if (other === null || other.kind === 'unknown') return one;
  if (one.kind === 'unknown') return other;
  if (one.kind === 'vital' && other.kind === 'vital' && quantityOf(one.vital) !== quantityOf(other.vital))
    return { kind: 'disagree', byText: one.vital, byNumber: other.vital };
  if (one.kind === 'vital' && other.kind === 'disagree') return other;
  return one;
}

/** True where two vitals are one quantity, whatever the site of the measurement. */
export function isSameQuantity(one: CodedVital | null, other: CodedVital | null): boolean {
  if (one === null || other === null) return one === other;
  return quantityOf(one) === quantityOf(other);
}

/** Whether the text beside a site's own code speaks of another quantity than the site says. */
function speaksAgainst(text: string, vital: CodedVital | null): boolean {
  const byText = text === '' ? undefined : textCandidates(text);
  if (byText === undefined) return false;
  if (byText.length === 0) return vital !== null;
  return !byText.some((one) => isSameQuantity(one, vital));
}

/** The site knows its own senders; but what text or number say of another quantity it must overrule expressly. */
function siteMeaning(own: SiteCode, coding: Coding, builtIn: CodeMeaning): CodeMeaning {
  const { vital } = own;
  const meant: CodeMeaning =
    vital === null
      ? { kind: 'other' }
      : { kind: 'vital', vital, unitFixed: false, ...(own.unit === null ? {} : { unit: own.unit }) };
  if (own.overrides) return meant;
  const disagree: CodeMeaning = {
    kind: 'disagree',
    byText: builtIn.kind === 'vital' ? builtIn.vital : null,
    byNumber: vital,
  };
  if (builtIn.kind === 'vital') return isSameQuantity(builtIn.vital, vital) ? meant : disagree;
  if (builtIn.kind === 'other') return vital === null ? meant : disagree;
  // A dispute is settled only by a site that has seen that very text.
  if (builtIn.kind === 'disagree') return own.text === null ? builtIn : meant;
  return own.text === null && speaksAgainst(coding.text, vital) ? disagree : meant;
}

/**
 * What an observation's identifier means, from its coding and its alternate coding (OBX-3.1–3 and 3.4–6) and
 * the unit it came with. The alternate counts only where the first says nothing; where both name a vital they
 * must name the same quantity. `site` is what the site's own codes mean.
 */
export function meaningOfCode(
  first: Coding,
  alternate: Coding,
  unit: UnitReading,
  site: SiteCodes | null = null,
): CodeMeaning {
  const builtIn = builtInMeaning(first, alternate, unit);
  if (site === null) return builtIn;
  for (const coding of [first, alternate]) {
    const own = site(coding);
    if (own !== undefined) return siteMeaning(own, coding, builtIn);
  }
  return builtIn;
}
