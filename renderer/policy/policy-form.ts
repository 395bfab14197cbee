/** A policy while it is being typed: plain JSON that may be wrong, read by the program's own schema. */
import { type PolicyReading, readSitePolicy, type SitePolicy } from '../../app/policy/site-policy.ts';

export type Path = readonly (string | number)[];

export interface PolicyForm {
  readonly json: unknown;
  readonly reading: PolicyReading;
  /** A field as it was typed; undefined where there is none. */
  at(path: Path): unknown;
  with(path: Path, value: unknown): PolicyForm;
}

export function policyForm(policy: SitePolicy): PolicyForm {
  return formOf(policy);
}

/** A form as it was left: `text` is its JSON. */
export function policyFormLeft(text: string): PolicyForm {
  const json: unknown = JSON.parse(text);
  return formOf(json);
}

function formOf(json: unknown): PolicyForm {
  return {
    json,
    reading: readSitePolicy(json),
    at: (path) => path.reduce<unknown>((value, key) => fieldOf(value, key), json),
    with: (path, value) => formOf(changed(json, path, value)),
  };
}

function fieldOf(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === String(key))?.[1];
}

function changed(json: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const inner = changed(fieldOf(json, key), rest, value);
  if (Array.isArray(json)) return json.map((one, index) => (index === Number(key) ? inner : one));
  return { ...(typeof json === 'object' ? json : {}), [key]: inner };
}
