/** What a run's events come to: where it is, its curves, what was noted, what it left. Folded from attempt to attempt. */
import type { TrainingEvent } from './event.ts';

type Told<E extends TrainingEvent['event']> = Extract<TrainingEvent, { event: E }>;

export interface TrainingProgress {
  readonly started: Told<'started'> | null;
  readonly step: number;
  readonly steps: number | null;
  /** Of the steps told, in their order; a step that was trained again after a resume stands once. */
  readonly losses: readonly { readonly step: number; readonly loss: number | null }[];
  readonly evaluations: readonly {
    readonly step: number;
    readonly loss: number;
    readonly perplexity: number;
  }[];
  readonly newest: Told<'step'> | null;
  readonly notes: readonly Told<'note'>[];
  /** The step of the newest checkpoint. */
  readonly savedStep: number | null;
  readonly finished: Told<'finished'> | null;
}

/** A point of a curve that is walked back where steps were trained again. */
interface Point {
  readonly step: number;
}

/** The progress that a run's events tell, those of all its attempts in their order. */
export function progressOf(events: Iterable<TrainingEvent>): TrainingProgress {
  let started: Told<'started'> | null = null;
  let step = 0;
  let steps: number | null = null;
  let newest: Told<'step'> | null = null;
  let notes: Told<'note'>[] = [];
  let savedStep: number | null = null;
  let finished: Told<'finished'> | null = null;
  const losses: { step: number; loss: number | null }[] = [];
  const evaluations: { step: number; loss: number; perplexity: number }[] = [];
  for (const event of events)
    switch (event.event) {
      case 'started':
        started = event;
        step = event.resumedFrom ?? 0;
        steps = event.steps;
        newest = null;
        notes = [];
        cutAfter(losses, step);
        cutAfter(evaluations, step);
        break;
      case 'note':
        notes.push(event);
        break;
      case 'step':
        newest = event;
        step = event.step;
        steps = event.steps;
        cutAfter(losses, step - 1);
        losses.push({ step, loss: event.loss });
        break;
      case 'evaluated':
        cutAfter(evaluations, event.step - 1);
        evaluations.push({ step: event.step, loss: event.loss, perplexity: event.perplexity });
        break;
      case 'saved':
        savedStep = event.step;
        break;
      case 'stopped':
        // Told with step 0 where there was nothing to save yet: an earlier checkpoint stays what it is.
        if (event.step > 0) {
          step = event.step;
          savedStep = event.step;
        }
        break;
      case 'finished':
        step = event.steps;
        finished = event;
        break;
      case 'failed':
        break;
    }
  return { started, step, steps, losses, evaluations, newest, notes, savedStep, finished };
}

function cutAfter(points: Point[], step: number): void {
  while ((points.at(-1)?.step ?? 0) > step) points.pop();
}
