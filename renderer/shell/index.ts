/** What the views take from the shell. */

export { useNow } from './clock.ts';
export { core } from './core.ts';
export { useKeptText } from './kept-text.ts';
export { useOnLeaving } from './on-leaving.ts';
export { observedOf, readingsOf, type ScoreNow, scoreNow } from './readings.ts';
export { go, goBack } from './route.ts';
export { openSignIn, useRequireSignIn } from './sign-in-state.ts';
export { type BedRisk, byBed, byPriority, byRisk, isOwned, riskOf } from './ward-order.ts';
export { explanationKey, isOpen, type ShownBed, type WardState } from './ward-state.ts';
export { useWard } from './ward-store.ts';
export { useWords } from './words.ts';
