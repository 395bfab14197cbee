/** What goes over the line between `verify -- loop` and its ward: the messages of several terminals. */
import { z } from 'zod';

const wardLineSchema = z.object({ terminal: z.number().int(), message: z.unknown() });
export type WardLine = z.infer<typeof wardLineSchema>;

export function isWardLine(value: unknown): value is WardLine {
  return wardLineSchema.safeParse(value).success;
}

export function lineOf(terminal: number, message: unknown): WardLine {
  return { terminal, message };
}
