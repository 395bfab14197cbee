/**
 * What somebody has typed for a patient and not saved yet. A draft belongs to the person who typed it: it waits
 * while the terminal is locked or another screen is open. What was typed before signing in goes to whoever signs
 * in next and saves it.
 */
import { create } from 'zustand';
import { ACVPU, type Acvpu, VITAL_RANGES } from '../../app/observation/vital.ts';

/** Fields that take a typed number, in the order of the form. */
export const TYPED_FIELDS = ['rr', 'spo2', 'o2_flow', 'sbp', 'dbp', 'hr', 'temp_c'] as const;
export type TypedField = (typeof TYPED_FIELDS)[number];

export interface Draft {
  /** As typed: "38." is on its way to 38.5. */
  readonly typed: { readonly [field in TypedField]?: string };
  readonly onOxygen: boolean | null;
  readonly acvpu: Acvpu | null;
  /** Unusual values that the person measured twice. */
  readonly confirmed: readonly string[];
}

export const EMPTY_DRAFT: Draft = { typed: {}, onOxygen: null, acvpu: null, confirmed: [] };

interface Drafts {
  readonly of: { readonly [key: string]: Draft };
}
const useDrafts = create<Drafts>(() => ({ of: {} }));

function keyOf(personId: string | null, patientId: string): string {
  return `${personId ?? ''} ${patientId}`;
}

/** A person's draft for a patient; what nobody signed for yet is everybody's. */
export function useDraft(
  personId: string | null,
  patientId: string,
): { readonly draft: Draft; readonly change: (next: Partial<Draft>) => void } {
  const draft = useDrafts(({ of }) => draftIn(of, personId, patientId));
  return { draft, change: (next) => replaceDraft(personId, patientId, { ...draft, ...next }) };
}

/** What stands in a draft at this moment, for whoever waited for an answer meanwhile. */
export function draftNow(personId: string | null, patientId: string): Draft {
  return draftIn(useDrafts.getState().of, personId, patientId);
}

/** A save has gone through: what it took leaves the draft, and what was typed while it ran stays. */
export function settleDraft(personId: string | null, patientId: string, saved: Draft): void {
  replaceDraft(personId, patientId, withoutSaved(draftNow(personId, patientId), saved));
}

function draftIn(of: Drafts['of'], personId: string | null, patientId: string): Draft {
  return of[keyOf(personId, patientId)] ?? of[keyOf(null, patientId)] ?? EMPTY_DRAFT;
}

/** Puts a draft in the place of what was there; what nobody had signed for becomes this person's. */
export function replaceDraft(personId: string | null, patientId: string, next: Draft): void {
  const own = keyOf(personId, patientId);
  useDrafts.setState(({ of }) => {
    const { [own]: _own, [keyOf(null, patientId)]: _nobodys, ...others } = of;
    return { of: isEmpty(next) ? others : { ...others, [own]: next } };
  });
}

function isEmpty({ typed, onOxygen, acvpu }: Draft): boolean {
  return onOxygen === null && acvpu === null && Object.values(typed).every((text) => text === '');
}

/** A draft without what was saved of it. A field that was changed meanwhile is not what was saved: it stays. */
export function withoutSaved(now: Draft, saved: Draft): Draft {
  const typed: { [field in TypedField]?: string } = {};
  // Nobody sends the flow of a patient on air: it was not saved, and counts again with the oxygen.
  const oxygenCameBack = saved.onOxygen !== true && now.onOxygen === true;
  for (const field of TYPED_FIELDS) {
    const text = now.typed[field];
    const wasSaved = text === saved.typed[field] && (field !== 'o2_flow' || !oxygenCameBack);
    if (text !== undefined && !wasSaved) typed[field] = text;
  }
  // A flow that is still to be saved needs the oxygen that it belongs to.
  const oxygenStays = now.onOxygen !== saved.onOxygen || (typed.o2_flow ?? '') !== '';
  return {
    typed,
    onOxygen: oxygenStays ? now.onOxygen : null,
    acvpu: now.acvpu === saved.acvpu ? null : now.acvpu,
    confirmed: now.confirmed.filter((vital) =>
      TYPED_FIELDS.some((field) => field === vital && field in typed),
    ),
  };
}

/** Digits with one point or comma: "1e2" and "0x5A" are slips of the keyboard, not numbers. */
const DECIMAL = /^(\d+[.,]?\d*|[.,]\d+)$/;

/** The number of a typed text; null while it is none. */
export function numberOf(text: string | undefined): number | null {
  const typed = text?.trim() ?? '';
  return DECIMAL.test(typed) ? Number(typed.replace(',', '.')) : null;
}

/** Whether a typed number could be a living person's value. */
export function isInRange(field: TypedField, value: number): boolean {
  const { least, most } = VITAL_RANGES[field];
  return value >= least && value <= most;
}

/** A text with one more character, kept to what can be a value of the field: one point, few digits. */
export function withCharacter(field: TypedField, text: string, character: string): string {
  const { decimals } = VITAL_RANGES[field];
  const next = `${text}${character}`;
  const pattern = decimals === 0 ? /^\d{0,3}$/ : /^\d{0,2}(\.\d?)?$/;
  return pattern.test(next) ? next : text;
}

export interface EnteredValues {
  rr?: number;
  spo2?: number;
  o2_flow?: number;
  sbp?: number;
  dbp?: number;
  hr?: number;
  temp_c?: number;
  on_oxygen?: boolean;
  acvpu?: Acvpu;
}

/** What a draft would save. A text that is no number is left out: the form says so beside it. */
export function valuesOf(draft: Draft): EnteredValues {
  const values: EnteredValues = {};
  for (const field of TYPED_FIELDS) {
    const number = numberOf(draft.typed[field]);
    if (number !== null) values[field] = number;
  }
  if (draft.onOxygen !== null) values.on_oxygen = draft.onOxygen;
  // A flow belongs to oxygen that the person chose: none is sent that the form does not show.
  if (draft.onOxygen !== true) delete values.o2_flow;
  const level = ACVPU.find((one) => one === draft.acvpu);
  if (level !== undefined) values.acvpu = level;
  return values;
}
