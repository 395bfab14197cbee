/** The dictionary's type, defined by the English words. Literal strings widen, functions keep their parameters. */
import type { english } from './en/screens.ts';

export type ScreenWords = typeof english;
