/**
 * The life of trained adapters: staged, through its gates, signed by two, then candidate, shadow, canary and production.
 * What holds is folded from acts that are only ever appended, so that the record says how each came to the bed.
 */
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** Which alerts a canary writes: those of chosen beds, or a share of all. */
export const canarySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('beds'), beds: z.array(z.string().min(1).max(64)).min(1).max(64) }),
  z.object({ by: z.literal('share'), percent: z.number().int().min(1).max(50) }),
]);
export type Canary = z.infer<typeof canarySchema>;

export const SIGNER_ROLES = ['clinical', 'technical'] as const;
export type SignerRole = (typeof SIGNER_ROLES)[number];

/** Why an adapter left the bed. `person`: somebody decided; the others the program noticed by itself. */
export const STEP_BACK_REASONS = ['person', 'safety', 'latency', 'engine'] as const;
export type StepBackReason = (typeof STEP_BACK_REASONS)[number];

export const adapterActSchema = z.discriminatedUnion('act', [
  z.object({ act: z.literal('staged'), adapter: sha256 }),
  z.object({ act: z.literal('gates-ended'), adapter: sha256, passed: z.boolean(), report: sha256 }),
  z.object({
    act: z.literal('signed'),
    adapter: sha256,
    role: z.enum(SIGNER_ROLES),
    person: z.string(),
    /** Of the statement that was signed; both sign the same. */
    statement: sha256,
    report: sha256,
  }),
  z.object({ act: z.literal('shadowed'), adapter: sha256 }),
  z.object({ act: z.literal('canaried'), adapter: sha256, canary: canarySchema }),
  z.object({ act: z.literal('promoted'), adapter: sha256 }),
  z.object({ act: z.literal('stepped-back'), adapter: sha256, reason: z.enum(STEP_BACK_REASONS) }),
  z.object({ act: z.literal('withdrawn'), adapter: sha256 }),
]);
export type AdapterAct = z.infer<typeof adapterActSchema>;

export const ADAPTER_STATES = [
  /** Here, checked, not through its gates. */
  'staged',
  'gates-failed',
  /** Through its gates; fewer than two have signed. */
  'gates-passed',
  /** Signed by two. */
  'candidate',
  /** Writes beside the one in use, and nobody reads it. */
  'shadow',
  'canary',
  'production',
  /** In use before the present one: kept for one click back. */
  'previous',
  /** In use or on trial once; may try again as a candidate only after new gates. */
  'stepped-back',
  'withdrawn',
  /** In use once, and replaced twice since. */
  'retired',
] as const;
export type AdapterState = (typeof ADAPTER_STATES)[number];

interface Life {
  readonly state: AdapterState;
  /** Of the gates that it passed last. */
  readonly report: string | null;
  readonly statement: string | null;
  readonly signed: { readonly [role in SignerRole]?: string };
}

export interface Registry {
  /** Null: what came with the program. */
  readonly production: string | null;
  /** What one click back leads to; null: what came with the program. */
  readonly previous: string | null;
  /** Whether there is a step to go back. */
  readonly canStepBack: boolean;
  readonly trial: { readonly adapter: string; readonly canary: Canary | null } | null;
  readonly lives: ReadonlyMap<string, Life>;
}

export const EMPTY_REGISTRY: Registry = {
  production: null,
  previous: null,
  canStepBack: false,
  trial: null,
  lives: new Map(),
};

/** How much an adapter must have written at a stage before the next. A site may ask for more. */
export const exposurePolicySchema = z.object({
  /** 0: a candidate may go to its canary at once. */
  shadowLeast: z.number().int().min(0).max(10_000),
  canaryLeast: z.number().int().min(1).max(10_000),
  canaryHours: z
    .number()
    .min(0)
    .max(24 * 90),
});
export type ExposurePolicy = z.infer<typeof exposurePolicySchema>;
/** Ours: about a night of one ward in the shadow, and a day at chosen beds. */
export const DEFAULT_EXPOSURE: ExposurePolicy = { shadowLeast: 20, canaryLeast: 30, canaryHours: 24 };

/** What the adapter on trial has written since its stage began. */
export interface Exposure {
  readonly explanations: number;
  readonly hours: number;
}

/** Why an act cannot be done now, in codes. */
export type LifeRefusal =
  | 'adapter-unknown'
  | 'adapter-known'
  | 'gates-not-passed'
  | 'report-changed'
  | 'statement-changed'
  | 'signed-already'
  | 'same-signer'
  | 'not-signed'
  | 'not-a-candidate'
  | 'trial-under-way'
  | 'not-on-trial'
  | 'too-little-exposure'
  | 'in-use'
  | 'no-step-back';

type Applied =
  | { readonly ok: true; readonly registry: Registry }
  | { readonly ok: false; readonly why: LifeRefusal };

export interface ActContext {
  readonly exposure: Exposure;
  readonly policy: ExposurePolicy;
}

const refuse = (why: LifeRefusal): Applied => ({ ok: false, why });

/** Whether the stage has lasted long enough for the next one. */
export function isExposedEnough(stage: 'shadow' | 'canary', { exposure, policy }: ActContext): boolean {
  return stage === 'shadow'
    ? exposure.explanations >= policy.shadowLeast
    : exposure.explanations >= policy.canaryLeast && exposure.hours >= policy.canaryHours;
}

/** The registry after an act, or why the act cannot be. */
export function applyAct(registry: Registry, act: AdapterAct, context: ActContext): Applied {
  const life = registry.lives.get(act.adapter);
  if (act.act === 'staged')
    return life === undefined
      ? changed(registry, act.adapter, { state: 'staged', report: null, statement: null, signed: {} })
      : refuse('adapter-known');
  if (life === undefined) return refuse('adapter-unknown');
  switch (act.act) {
    case 'gates-ended':
      // What is at the bed or on its way there is not judged under its feet: it steps back first.
      if (['shadow', 'canary', 'production', 'previous', 'withdrawn'].includes(life.state))
        return refuse('in-use');
      return changed(registry, act.adapter, {
        state: act.passed ? 'gates-passed' : 'gates-failed',
        report: act.passed ? act.report : null,
        statement: null,
        signed: {},
      });
    case 'signed': {
      if (life.state !== 'gates-passed')
        return refuse(life.state === 'candidate' ? 'signed-already' : 'gates-not-passed');
      if (life.report !== act.report) return refuse('report-changed');
      if (life.statement !== null && life.statement !== act.statement) return refuse('statement-changed');
      if (life.signed[act.role] !== undefined) return refuse('signed-already');
      if (Object.values(life.signed).includes(act.person)) return refuse('same-signer');
      const signed = { ...life.signed, [act.role]: act.person };
      const whole = SIGNER_ROLES.every((role) => signed[role] !== undefined);
      return changed(registry, act.adapter, {
        ...life,
        statement: act.statement,
        signed,
        state: whole ? 'candidate' : 'gates-passed',
      });
    }
    case 'shadowed':
      if (life.state !== 'candidate')
        return refuse(life.state === 'gates-passed' ? 'not-signed' : 'not-a-candidate');
      if (registry.trial !== null) return refuse('trial-under-way');
      return changed({ ...registry, trial: { adapter: act.adapter, canary: null } }, act.adapter, {
        ...life,
        state: 'shadow',
      });
    case 'canaried': {
      const again = life.state === 'canary';
      const direct = life.state === 'candidate' && context.policy.shadowLeast === 0;
      if (!again && !direct && life.state !== 'shadow')
        return refuse(life.state === 'gates-passed' ? 'not-signed' : 'not-a-candidate');
      if (registry.trial !== null && registry.trial.adapter !== act.adapter) return refuse('trial-under-way');
      if (life.state === 'shadow' && !isExposedEnough('shadow', context))
        return refuse('too-little-exposure');
      return changed({ ...registry, trial: { adapter: act.adapter, canary: act.canary } }, act.adapter, {
        ...life,
        state: 'canary',
      });
    }
    case 'promoted': {
      if (life.state !== 'canary') return refuse('not-on-trial');
      if (!isExposedEnough('canary', context)) return refuse('too-little-exposure');
      const { production, previous } = registry;
      const lives = new Map(registry.lives);
      retell(lives, previous, 'retired');
      retell(lives, production, 'previous');
      lives.set(act.adapter, { ...life, state: 'production' });
      return {
        ok: true,
        registry: { production: act.adapter, previous: production, canStepBack: true, trial: null, lives },
      };
    }
    case 'stepped-back': {
      if (registry.trial?.adapter === act.adapter)
        return changed({ ...registry, trial: null }, act.adapter, { ...life, state: 'stepped-back' });
      if (registry.production !== act.adapter || !registry.canStepBack) return refuse('no-step-back');
      const lives = new Map(registry.lives);
      retell(lives, registry.previous, 'production');
      lives.set(act.adapter, { ...life, state: 'stepped-back' });
      // One step is kept, not a history: behind it is what came with the program.
      const back = registry.previous;
      return {
        ok: true,
        registry: { ...registry, production: back, previous: null, canStepBack: back !== null, lives },
      };
    }
    case 'withdrawn':
      if (registry.production === act.adapter || registry.trial?.adapter === act.adapter)
        return refuse('in-use');
      return changed(
        registry.previous === act.adapter ? { ...registry, previous: null } : registry,
        act.adapter,
        { ...life, state: 'withdrawn' },
      );
  }
}

function retell(lives: Map<string, Life>, adapter: string | null, state: AdapterState): void {
  const life = adapter === null ? undefined : lives.get(adapter);
  if (adapter !== null && life !== undefined) lives.set(adapter, { ...life, state });
}

function changed(registry: Registry, adapter: string, life: Life): Applied {
  return { ok: true, registry: { ...registry, lives: new Map(registry.lives).set(adapter, life) } };
}

/** Enough of everything: acts that stand in the record were allowed when they were written. */
const WAS_ALLOWED: ActContext = {
  exposure: { explanations: Number.POSITIVE_INFINITY, hours: Number.POSITIVE_INFINITY },
  policy: { shadowLeast: 0, canaryLeast: 1, canaryHours: 0 },
};

/** The registry that acts have led to. An act that could not be done changes nothing. */
export function registryOf(acts: readonly AdapterAct[]): Registry {
  let registry = EMPTY_REGISTRY;
  for (const act of acts) {
    const applied = applyAct(registry, act, WAS_ALLOWED);
    if (applied.ok) registry = applied.registry;
  }
  return registry;
}
