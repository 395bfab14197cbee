import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { passSignalsOn } from './signals.ts';

function watched(atTerminal: boolean) {
  const source = new EventEmitter();
  const sent: unknown[] = [];
  const child = {
    kill: (signal?: NodeJS.Signals | number) => {
      sent.push(signal);
      return true;
    },
  };
  const passed = passSignalsOn(() => child, atTerminal, source);
  return { passed, sent, source, send: (signal: NodeJS.Signals) => source.emit(signal, signal) };
}

describe('passing signals on', () => {
  it('hands each on once', () => {
    const { passed, sent, send } = watched(false);
    expect(passed.asked).toBe(false);
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM', 'SIGTERM', 'SIGHUP'] as const) send(signal);
    expect(sent).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP']);
    expect(passed.asked).toBe(true);
  });

  it('leaves the interrupt of a terminal to the terminal, and still counts it as a request', () => {
    const { passed, sent, send } = watched(true);
    send('SIGINT');
    expect(sent).toEqual([]);
    expect(passed.asked).toBe(true);
    send('SIGTERM');
    expect(sent).toEqual(['SIGTERM']);
  });

  it('leaves nothing behind', () => {
    const { passed, source } = watched(false);
    passed.stop();
    expect(source.eventNames()).toEqual([]);
  });
});
