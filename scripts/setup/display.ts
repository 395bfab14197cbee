/** A virtual display for machines that have none (tests, CI, a server somebody logs in to). */
import { type ChildProcess, spawn } from 'node:child_process';
import { SetUpError } from './report.ts';

export interface VirtualDisplay {
  /** Value of DISPLAY for programs that shall appear on it. */
  readonly name: string;
  stop(): void;
}

/** True where a window can be shown already. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** Starts Xvfb on a display number that it chooses itself, and waits until it accepts connections. */
export function startVirtualDisplay(size = '1920x1080x24'): Promise<VirtualDisplay> {
  return new Promise((resolve, reject) => {
    const server: ChildProcess = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-noreset'],
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
        // A group of its own: Ctrl-C reaches every process of the terminal's group, and a window whose display goes
        // first cannot close its record in order.
        detached: true,
      },
    );
    // Nor does it stay behind a suite that is stopped.
    process.once('exit', () => server.kill());
    let complaint = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    server.on('error', (error) => reject(new SetUpError(`Xvfb could not be started: ${error.message}`)));
    server.on('exit', () => reject(new SetUpError(`Xvfb ended at once: ${complaint.trim()}`)));
    let name = '';
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      name += chunk.toString();
      if (name.endsWith('\n')) resolve({ name: `:${name.trim()}`, stop: () => server.kill() });
    });
  });
}
