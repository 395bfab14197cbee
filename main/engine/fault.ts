/**
 * FOR TESTS ONLY: an engine that hangs or crashes on purpose, to show that alerts and rule texts do not care.
 * Reached only through a command line option that the shell refuses when the program is packaged.
 */
import type { EnginePort } from '../../app/contract/engine.ts';
import type { LaunchOptions } from '../../app/contract/launch-options.ts';

export type EngineFault = 'hang' | 'crash';

/** The fault that the command line's `--fault` asks for. */
export function faultOf(option: LaunchOptions['fault']): EngineFault | null {
  if (option === null) return null;
  return option === 'engine-hang' ? 'hang' : 'crash';
}

/** `hang`: generate never yields and does not honour abort. `crash`: the first generate ends the process. */
export function withFault(engine: EnginePort, fault: EngineFault): EnginePort {
  return {
    status: () => engine.status(),
    onStatus: (listener) => engine.onStatus(listener),
    prepare: (prefix) => engine.prepare(prefix),
    speculate: (plan) => engine.speculate(plan),
    generate() {
      if (fault === 'crash') process.abort();
      return {
        [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
      };
    },
  };
}
