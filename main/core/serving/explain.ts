/**
 * `POST /explain`: why these vitals alert, in verified words. Scores are computed here; what was sent as such is only
 * compared. Free text is never read by the model and never kept: there is nothing of a person in a prompt.
 */
import { z } from 'zod';
import type { EnginePort } from '../../../app/contract/engine.ts';
import { confidenceOf, createAssembler, sentencesWithoutModel } from '../../../app/explanation/assemble.ts';
import type { FactsInput, FactsPassage, Sentence } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { ApprovedWords } from '../../../app/explanation/phrases.ts';
import { type ExplanationPlan, planExplanation, planSentences } from '../../../app/explanation/plan.ts';
import { ruleText } from '../../../app/explanation/rule-text.ts';
import { readNews2Input } from '../../../app/scoring/news2-input.ts';
import { vitalsSchema } from '../../../app/scoring/score.ts';
import { NO_PROGRESS_MS, watchedEvents } from '../explanation/watched-events.ts';

const requestSchema = z.strictObject({
  /** A label of the sender's; it is not used. */
  alert_type: z.string().max(200).optional(),
  vitals: vitalsSchema,
  scores: z.record(z.string().max(32), z.number().nullable()).optional(),
  language: z.enum(['en', 'hi']).optional(),
});

export interface ServedExplainPorts {
  readonly engine: EnginePort;
  readonly language: () => 'en' | 'hi';
  readonly passages: (facts: FactsInput, language: 'en' | 'hi') => readonly FactsPassage[];
  readonly approved: (explanation?: ExplanationPlan) => ApprovedWords;
  /** Which text the site's policy allows, here as on the screens. */
  readonly textPolicy: () => 'approved' | 'guided' | 'free';
  readonly noProgressMs?: number;
}

export type ReadRequest =
  | { readonly ok: true; readonly asked: z.output<typeof requestSchema> }
  /** The field, never its content. */
  | { readonly ok: false; readonly field: string; readonly problem: 'shape' | 'implausible' };

/** Reads a body's JSON. A field that nobody knows is refused by its name, so that a mistake is no silent loss. */
export function readExplainRequest(body: unknown): ReadRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0]?.slice(0, 64) : undefined;
    return { ok: false, field: unknown ?? issue?.path.join('.') ?? '', problem: 'shape' };
  }
  const vitals = readNews2Input(parsed.data.vitals);
  if (vitals.ok) return { ok: true, asked: parsed.data };
  const field = `vitals.${String(vitals.error.parameters?.field ?? '')}`;
  return { ok: false, field, problem: vitals.error.code === 'value-implausible' ? 'implausible' : 'shape' };
}

/** A sentence as it is served: what the model wrote before verification stays here. */
function served({ text, parts, source, verdict, citations, probability, findings }: Sentence): object {
  return { text, parts, source, verdict, citations, probability, findings: findings.map(({ rule }) => rule) };
}

function textOf(sentences: readonly Sentence[]): string {
  return sentences.map(({ text }) => text).join('\n');
}

/** Explains. Whatever the engine does, the rule text is the explanation then, with the reason beside it. */
export async function explainServed(
  ports: ServedExplainPorts,
  asked: z.output<typeof requestSchema>,
  signal: AbortSignal,
): Promise<object> {
  const language = asked.language ?? ports.language();
  const given: FactsInput = { vitals: asked.vitals };
  const passages = ports.passages(given, language);
  const facts = completeFacts(passages.length === 0 ? given : { ...given, passages: [...passages] });
  const text = ruleText(facts, language);
  const sentTotal = asked.scores?.news2 ?? asked.scores?.total ?? null;
  const total = facts.news2 !== null && 'total' in facts.news2 ? facts.news2.total : null;
  const common = {
    score: facts.news2,
    scores_differ: sentTotal !== null && total !== null && sentTotal !== total,
    rule_text: text,
    notice: 'For review by a clinician. Not a diagnosis and not an order.',
  };
  const byRules = (reason: string): object => ({
    ...common,
    mode: 'rules',
    reason,
    explanation: text,
    confidence: null,
    sentences: [],
    model: null,
  });
  const policy = ports.textPolicy();
  if (policy === 'approved') {
    const planned = planSentences(facts, language, 'bedside');
    const sentences = sentencesWithoutModel(planned, facts, language, ports.approved());
    return { ...byRules('policy'), explanation: textOf(sentences), sentences: sentences.map(served) };
  }
  const status = ports.engine.status();
  if (status.state !== 'ready' || status.model === null) return byRules(`model-${status.state}`);
  if (!status.model.languages.includes(language)) return byRules('model-language');

  const planned = planExplanation(facts, {
    language,
    promptFormat: status.model.promptFormat,
    mode: policy,
    taught: status.model.adapter !== null,
  });
  const thresholds = status.model.thresholds ?? null;
  const assembler = createAssembler(planned, facts, thresholds, ports.approved(planned));
  const sentences = new Map(assembler.byCode);
  let { name, sha256, adapter } = status.model;
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const limitMs = ports.noProgressMs ?? NO_PROGRESS_MS;
  try {
    for await (const event of watchedEvents(ports.engine, planned.plan, 'background', abort, limitMs)) {
      if (event.kind === 'timed-out') return byRules('engine-timeout');
      if (event.kind === 'failed') return byRules(signal.aborted ? 'gave-way' : 'engine-failed');
      if (event.kind === 'done' && event.writtenBy !== undefined)
        ({ name, sha256, adapter } = event.writtenBy);
      if (event.kind !== 'hole') continue;
      const position = planned.sentences.findIndex(({ step }) => step === event.step);
      const sentence = sentences.has(position) ? null : assembler.accept(event);
      if (sentence !== null) sentences.set(position, sentence);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const inOrder = planned.sentences.flatMap((_, position) => sentences.get(position) ?? []);
  if (inOrder.length < planned.sentences.length) return byRules('engine-failed');
  const confidence = confidenceOf(inOrder, thresholds);
  return {
    ...common,
    mode: policy,
    reason: null,
    // A withheld sentence stands there as the rules say it.
    explanation: textOf(inOrder),
    confidence: confidence?.value ?? null,
    confidence_policy: confidence?.policy ?? null,
    sentences: inOrder.map(served),
    model: { name, sha256, adapter },
  };
}
