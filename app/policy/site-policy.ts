/**
 * What a site has decided about its ward, as one versioned file: the alert rules with their escalation, and how long
 * a value counts. Everything has a default, so a file holds only what it changes; what it misspells is refused.
 */
import { z } from 'zod';
import { alertPolicySchema } from '../alerting/policy.ts';
import { AUDIO_OFF_MINUTES, AUDIO_OFF_MOST_MINUTES } from '../alerting/sound/audible.ts';
import { TEXT_POLICIES } from '../explanation/explanation.ts';
import { validityPolicySchema } from '../observation/validity.ts';

export const SITE_POLICY_FORMAT = 'medobsmind-policy-1';

const siteFile = z.object({
  format: z.literal(SITE_POLICY_FORMAT).default(SITE_POLICY_FORMAT),
  alerts: alertPolicySchema.prefault({}),
  validity: validityPolicySchema.prefault({}),
  /** For how many minutes a person may put the alarm's sound off. */
  alarm: z
    .object({
      audioOffMinutes: z.number().min(1).max(AUDIO_OFF_MOST_MINUTES).default(AUDIO_OFF_MINUTES),
    })
    .prefault({}),
  /** What may be read beside the rule text: approved phrases, the model behind literals, or its own sentences. */
  explanation: z.object({ text: z.enum(TEXT_POLICIES).default('guided') }).prefault({}),
});

/** The policy itself, without its number: the number is given when it is activated. */
export const sitePolicySchema = siteFile;
export type SitePolicy = z.infer<typeof sitePolicySchema>;

export const DEFAULT_SITE_POLICY: SitePolicy = sitePolicySchema.parse({});

/** What is wrong with a field, for its words. `order`: it does not fit the fields beside it. */
export type PolicyFaultKind = 'not-a-number' | 'not-whole' | 'too-small' | 'too-large' | 'order' | 'other';

/** One thing that is wrong with a policy, by the path of its field. */
export interface PolicyFault {
  readonly path: string;
  /** For a log or a command line: English. */
  readonly message: string;
  readonly kind: PolicyFaultKind;
  /** The least or the most that the field takes, where that is what is wrong. */
  readonly limit: number | null;
}

export type PolicyReading =
  | { readonly ok: true; readonly policy: SitePolicy }
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

/** A policy from JSON that was typed or loaded. A field that this program does not know is a fault, not a wish. */
export function readSitePolicy(value: unknown): PolicyReading {
  const read = sitePolicySchema.safeParse(value);
  if (!read.success)
    return {
      ok: false,
      faults: read.error.issues.map((issue) => ({
        path: issue.path.map(String).join('.'),
        message: issue.message,
        ...kindOf(issue),
      })),
    };
  const unknown = unknownFields(value, read.data);
  return unknown.length === 0
    ? { ok: true, policy: read.data }
    : {
        ok: false,
        faults: unknown.map((path) => ({ path, message: 'unknown field', kind: 'other', limit: null })),
      };
}

function kindOf(issue: z.core.$ZodIssue): Pick<PolicyFault, 'kind' | 'limit'> {
  switch (issue.code) {
    case 'too_small':
      return { kind: 'too-small', limit: Number(issue.minimum) };
    case 'too_big':
      return { kind: 'too-large', limit: Number(issue.maximum) };
    case 'custom':
      return { kind: 'order', limit: null };
    case 'invalid_type':
      if (issue.expected === 'int') return { kind: 'not-whole', limit: null };
      return { kind: issue.expected === 'number' ? 'not-a-number' : 'other', limit: null };
    default:
      return { kind: 'other', limit: null };
  }
}

/** The same policy under a number: what fires under it says so. */
export function withVersion(policy: SitePolicy, version: number): SitePolicy {
  return {
    ...policy,
    alerts: { ...policy.alerts, version },
    validity: { ...policy.validity, version },
  };
}

/** Paths of what was given and is not in what was understood. */
function unknownFields(given: unknown, understood: unknown, path = ''): string[] {
  if (!isRecord(given) || !isRecord(understood)) return [];
  return Object.keys(given).flatMap((key) => {
    const here = path === '' ? key : `${path}.${key}`;
    return Object.hasOwn(understood, key) ? unknownFields(given[key], understood[key], here) : [here];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that two policies have differently. */
export interface PolicyChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What a policy would change, field by field, in the order of the file; their numbers are left out. */
export function policyChanges(before: SitePolicy, after: SitePolicy): PolicyChange[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => !/(^|\.)version$/.test(path) && old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? '', after: now.get(path) ?? '' }));
}

function leavesOf(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value) ?? '']]);
  const entries = Object.entries(value);
  return new Map(entries.flatMap(([key, one]) => [...leavesOf(one, path === '' ? key : `${path}.${key}`)]));
}
