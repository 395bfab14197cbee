/**
 * How an answer crosses a process border: a value, or an error as a value. Words are made at the screen from
 * the code and its parameters (`app/language`), so that the same refusal reads right in every language.
 */
import { z } from 'zod';

/** Every refusal and failure a person or a client can meet. A missing translation is a compile error. */
export const ERROR_CODES = [
  'not-signed-in',
  'not-permitted',
  'wrong-pin',
  'locked-out',
  'already-set-up',
  'not-set-up',
  'invalid-request',
  'unknown-call',
  'not-found',
  'changed-meanwhile',
  'not-allowed-now',
  'value-implausible',
  'needs-confirmation',
  'bed-occupied',
  'patient-known',
  'port-in-use',
  'storage-unavailable',
  'storage-full',
  'not-enough-data',
  'file-unreadable',
  'adapter-refused',
  'text-blocked',
  'exchange-trouble',
  'key-wrong',
  'busy',
  'engine-unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const appErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AppError = z.infer<typeof appErrorSchema>;

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };

export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(code: ErrorCode, parameters: AppError['parameters'] = {}): Outcome<never> {
  return { ok: false, error: { code, parameters } };
}
