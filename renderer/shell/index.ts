/** What the views take from the shell. */
export type { Bridge, Connection } from './bridge.ts';
export { clockNow, useNow } from './clock.ts';
export { type Core, core } from './core.ts';
export { observedOf, readingsOf, type ScoreNow, scoreNow } from './readings.ts';
export { go, goBack, type Route, useRoute } from './route.ts';
export { closeSignIn, openSignIn, useRequireSignIn } from './sign-in-state.ts';
export { BED_RISKS, type BedRisk, byBed, byPriority, byRisk, isOwned, riskOf } from './ward-order.ts';
export { isOpen, type ShownBed, type WardState } from './ward-state.ts';
export { useWard } from './ward-store.ts';
export { useWords } from './words.ts';
