/** Handing on the signals that ask a program to end. */
import type { ChildProcess } from 'node:child_process';

/** The part of `process` that is used here, so that the rules can be tried without a terminal. */
export interface SignalSource {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** True where a terminal is at one end of this process: its Ctrl-C goes to every process of the command. */
export function isAtTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}

export interface PassedOn {
  /** True once a signal has asked the program to end. */
  readonly asked: boolean;
  stop(): void;
}

/**
 * Hands each kind of signal to `child` once: a second one would end a program that is just storing its record.
 * A terminal's interrupt is not handed on, because the terminal has already given it to the child.
 */
export function passSignalsOn(
  child: () => Pick<ChildProcess, 'kill'> | null,
  atTerminal: boolean,
  source: SignalSource = process,
): PassedOn {
  const seen = new Set<NodeJS.Signals>();
  const passOn = (signal: NodeJS.Signals): void => {
    if (seen.has(signal)) return;
    seen.add(signal);
    if (signal !== 'SIGINT' || !atTerminal) child()?.kill(signal);
  };
  for (const signal of SIGNALS) source.on(signal, passOn);
  return {
    get asked() {
      return seen.size > 0;
    },
    stop() {
      for (const signal of SIGNALS) source.off(signal, passOn);
    },
  };
}
