/** The words that only a handover has, one implementation a language (`app/language`). Times come formatted. */
import type { AlertRule, AlertState } from '../alerting/alert.ts';
import type { StaleReading } from '../explanation/facts.ts';
import type { NumericParameter } from '../scoring/chart.ts';
import type { News2Parameter, Score } from '../scoring/score.ts';

export interface ToldAlert {
  readonly rule: AlertRule;
  readonly state: AlertState;
  readonly at: string;
  /** What was done last and when; null where nobody has done anything. */
  readonly action: { readonly name: string; readonly at: string } | null;
  readonly level: number;
}

export interface HandoverWords {
  highestScore(hours: number, score: Score, at: string): string | null;
  readonly noScore: string;
  range(hours: number, list: readonly { parameter: NumericParameter; low: number; high: number }[]): string;
  /** The list is never empty. It stands before everything that rests on these readings. */
  notCurrent(list: readonly News2Parameter[]): string;
  /** How old they are; the list is never empty. */
  ages(list: readonly StaleReading[]): string;
  noAlerts(hours: number): string;
  alerts(hours: number, count: number, open: number): string;
  alert(told: ToldAlert): string;
  moreAlerts(count: number): string;
  readonly scale2: string;
  readonly spinalInjury: string;
  baseline(total: number): string;
  readonly baselineNote: string;
  readonly limits: string;
  readonly noLimits: string;
  readonly subjective: string;
  unanswered(count: number): string;
  readonly measureAgain: string;
  readonly answerAll: string;
}
