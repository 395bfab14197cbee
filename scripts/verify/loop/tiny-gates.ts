/**
 * The gates of `verify -- loop --quick`: a few questions and limits that nothing misses, because what was trained on a
 * handful of examples has learnt nothing. Said in the report; it shows the way and proves no quality.
 */
import type { GateSizes } from '../../../main/core/adapters/gates.ts';
import { WIDE_LIMITS } from '../../../main/core/testing/wide-limits.ts';

export const TINY_GATES: GateSizes = { cases: 3, prompts: 12, seed: 5, limits: WIDE_LIMITS };
