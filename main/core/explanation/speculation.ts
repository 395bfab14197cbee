/**
 * What may be asked for next: while a condition holds but has not held long enough to ring, the explanation of its
 * alert is evaluated ahead, so that on the alert only what the model samples is left to do. A hint to the engine: a
 * wrong guess costs idle time and nothing else.
 */
import { OPEN_ALERT_STATES } from '../../../app/alerting/alert.ts';
import type { EnginePort, EngineStatus } from '../../../app/contract/engine.ts';
import type { LanguageCode } from '../../../app/contract/views.ts';
import type { FactsInput, FactsPassage } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { leastTotal } from '../../../app/scoring/score.ts';
import { type Log, reasonOf } from '../log.ts';
import { bedFacts } from '../ward/alert-facts.ts';
import type { Bed } from '../ward/bed.ts';

export interface Speculation {
  /** Looks which bed is next and tells the engine where that has changed. Cheap; called with each tick. */
  look(): void;
}

export interface SpeculationPorts {
  readonly engine: EnginePort;
  readonly language: () => LanguageCode;
  readonly beds: () => readonly Bed[];
  /** As the explanation of the alert will have them. */
  readonly passages: (facts: FactsInput, language: LanguageCode) => readonly FactsPassage[];
  readonly log: Log;
  readonly stopwatch?: () => number;
}

type Model = NonNullable<EngineStatus['model']>;

/** Readings of a stream move all the time: a changed plan is evaluated at most so often. Ours. */
const AT_MOST_EVERY_MS = 5_000;

/** Whether an alert may ring here soon: something holds, is armed, and has only not lasted yet. */
function isPending({ alerts }: Bed): boolean {
  const open = alerts.alerts.some(({ state }) => OPEN_ALERT_STATES.includes(state));
  return !open && alerts.conditions.some(({ latch, since }) => latch === null && since !== null);
}

/** The bed that is most likely to need the model next: of those that are pending the one that scores most. */
function nextOf(beds: readonly Bed[]): Bed | null {
  let next: Bed | null = null;
  for (const bed of beds) {
    if (!isPending(bed)) continue;
    if (next === null || (leastTotal(bed.score) ?? 0) > (leastTotal(next.score) ?? 0)) next = bed;
  }
  return next;
}

export function createSpeculation(ports: SpeculationPorts): Speculation {
  const stopwatch = ports.stopwatch ?? (() => performance.now());
  let told: string | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  let looks = 0;

  function drop(): void {
    looks++;
    if (told === null) return;
    told = null;
    ports.engine.speculate(null);
  }

  async function tell(bed: Bed, { promptFormat, adapter }: Model): Promise<void> {
    const mine = ++looks;
    // Loaded with the first plan, as the explanations themselves are.
    const { planExplanation } = await import('../../../app/explanation/plan.ts');
    if (mine !== looks) return;
    const given = bedFacts(bed);
    const passages = ports.passages(given, ports.language());
    const facts = completeFacts({ ...given, passages: [...passages] });
    const { plan } = planExplanation(facts, {
      language: ports.language(),
      promptFormat,
      taught: adapter !== null,
    });
    const text = JSON.stringify(plan);
    if (text === told) return;
    told = text;
    ports.engine.speculate(plan);
  }

  return {
    look() {
      const { state, model } = ports.engine.status();
      const bed = state === 'ready' ? nextOf(ports.beds()) : null;
      if (bed === null || model?.languages.includes(ports.language()) !== true) {
        drop();
        return;
      }
      const now = stopwatch();
      if (now - toldAt < AT_MOST_EVERY_MS) return;
      toldAt = now;
      tell(bed, model).catch((error: unknown) => {
        ports.log('warn', 'not-evaluated-ahead', { reason: reasonOf(error) });
      });
    },
  };
}
