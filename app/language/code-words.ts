/**
 * The words a language has for the program's codes: errors, states, rules, roles, vitals and reasons of intake.
 * Each record is keyed by the code's own type, so that a missing translation is a compile error.
 */
import type { Role } from '../access/access.ts';
import type { AlertAction, AlertRule, AlertState } from '../alerting/alert.ts';
import type { ENGINE_STATES } from '../contract/engine.ts';
import type { AppError, ErrorCode } from '../contract/outcome.ts';
import type { RulesOnlyReason } from '../explanation/explanation.ts';
import type { HeldReason } from '../observation/hl7/identity.ts';
import type { MessageFault } from '../observation/hl7/message.ts';
import type { Refusal } from '../observation/hl7/oru.ts';
import type { RejectionReason } from '../observation/hl7/rejection.ts';
import type { Acvpu, Vital } from '../observation/vital.ts';
import type { ApplicableScore } from '../scoring/score.ts';

export type EngineState = (typeof ENGINE_STATES)[number];
/** A short word for a table's head and a long one for a sentence. `SpO₂` is written `SpO2` and set with `<sub>`. */
export interface VitalWords {
  readonly short: string;
  readonly long: string;
}
type CompleteScore = Extract<ApplicableScore, { complete: true }>;

/** Why a FHIR resource is not taken, beside the reasons it has in common with messages. */
type FhirReason =
  | 'status-not-final'
  | 'told-otherwise'
  | 'older-version'
  | 'entry-not-understood'
  | 'not-an-observation'
  | 'method-not-served'
  | 'time-missing'
  | 'time-too-old'
  | 'told-twice'
  | 'value-missing'
  | 'value-absent'
  | 'value-is-a-bound';

/** What the intake itself finds of a frame or a message. */
export type IntakeReason =
  | 'storage-unavailable'
  | 'too-large'
  | 'unfinished'
  | 'not-mllp'
  | 'control-id-reused'
  | 'no-readings'
  | 'nothing-changed'
  | 'left-already'
  | 'sender-not-allowed'
  | FhirReason
  | 'nothing-to-delete';

/** What the ward finds against a message: of its number, its bed, or what it tells of a stay. */
export type PatientHeldReason =
  | 'no-bed'
  | 'bed-occupied'
  | 'bed-differs'
  | 'has-left'
  | 'identity-differs'
  | 'unknown-patient'
  | 'already-here'
  | 'bed-unknown'
  | 'alert-unanswered'
  | 'both-in-beds'
  | 'decisions-differ'
  | 'no-merged-number'
  | 'demonstration';

export interface CodeWords {
  /** Parameters come as text: `value`, `field`, `reason` and so on, as the core gave them. */
  readonly errors: { readonly [code in ErrorCode]: (parameters: AppError['parameters']) => string };
  readonly engine: { readonly [state in EngineState]: { readonly title: string; readonly whatToDo: string } };
  readonly rulesOnly: { readonly [reason in RulesOnlyReason]: string };
  readonly rules: { readonly [rule in AlertRule]: string };
  readonly alertStates: { readonly [state in AlertState]: string };
  readonly actions: { readonly [action in AlertAction]: string };
  readonly roles: { readonly [role in Role]: string };
  readonly vitals: { readonly [vital in Vital]: VitalWords };
  readonly acvpu: { readonly [level in Acvpu]: string };
  /** Why a message waits for a person: what the message lacks, and what the ward finds against it. */
  readonly held: {
    readonly [reason in HeldReason | PatientHeldReason | 'not-production']: string;
  };
  readonly rejected: {
    readonly [reason in RejectionReason | MessageFault | Refusal | IntakeReason]: string;
  };
  readonly unknownReason: (code: string) => string;
  readonly risks: { readonly [risk in CompleteScore['risk']]: string };
  readonly responses: { readonly [response in CompleteScore['response']]: string };
  readonly monitoring: { readonly [interval in CompleteScore['min_monitoring']]: string };
  /** An age: seconds below a minute, then minutes, hours, days; a number never parts from its unit. */
  readonly age: {
    readonly seconds: (count: number) => string;
    readonly minutes: (count: number) => string;
    readonly hours: (hours: number, minutes: number) => string;
    readonly days: (count: number) => string;
  };
  readonly score: {
    readonly threeInOne: string;
    readonly incomplete: string;
    readonly stale: string;
    readonly noScore: string;
    readonly atLeast: (total: number) => string;
  };
  readonly reading: {
    readonly stale: string;
    readonly missing: string;
    readonly unknownPoints: string;
    readonly byHand: string;
    readonly cuff: string;
    readonly monitor: string;
    readonly imported: string;
    readonly demonstration: string;
    readonly points: (points: number) => string;
    readonly sourcesDisagree: string;
    /** The device says that it cannot measure this now. */
    readonly unavailable: string;
    readonly noData: string;
    readonly trendSummary: (label: string, unit: string, count: number) => string;
  };
}
