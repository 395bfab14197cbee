/** What a call of the contract consists of, and the shapes that many of them share. */
import { z } from 'zod';
import { type Permission, PIN_PATTERN } from '../../access/access.ts';
import { cleanMark, cleanName } from '../../patient/text.ts';

export interface CallShape {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}

/** Changes something: a signed-in person with the permission, or nobody at all (`null`). */
export interface CommandShape extends CallShape {
  readonly permission: Permission | null;
}
export type Commands = Readonly<Record<string, CommandShape>>;

/** Only reads. Without a permission anybody at the terminal may look, as at the ward itself. */
export interface QueryShape extends CallShape {
  readonly permission?: Permission;
}
export type Queries = Readonly<Record<string, QueryShape>>;

export const pin = z.string().regex(PIN_PATTERN);
/** Names as people type them: 256 characters at most, no control characters; those that are not seen are left out. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u)
  .transform(cleanName)
  .pipe(z.string().min(1));
const mark = z.string().trim().min(1).max(64).transform(cleanMark).pipe(z.string().min(1));
export const bed = mark;
/** A hospital number. */
export const identifier = mark;
export const id = z.string().min(1).max(64);
export const nothing = z.object({});
