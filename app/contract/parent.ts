/**
 * The process that started this one and keeps it running. When it goes without a word (killed, its terminal torn down)
 * nobody could start the program again or end it, and the record would stay locked: so this one ends in order as well.
 */

/** Where a process tells the one it starts that it watches over it: its own process id. */
export const PARENT_VARIABLE = 'MEDOBSMIND_PARENT';

/** How often it is looked (ms): one system call each. */
export const PARENT_LOOK_MS = 1000;

/** The part of Node's `process` that is used here. */
export interface ProcessOfParent {
  readonly ppid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  kill(pid: number, signal: 0): unknown;
}

/**
 * Tells at each call whether the parent that watches over this process has gone; null where none does: a grandchild
 * that was only handed the environment, or a program that a person started.
 */
export function watchedParent(self: ProcessOfParent): (() => boolean) | null {
  const parent = self.ppid;
  if (self.env[PARENT_VARIABLE] !== String(parent)) return null;
  return () => self.ppid !== parent || !isAlive(self, parent);
}

/** Windows keeps naming a parent that has gone, so it is asked for as well. */
function isAlive(self: ProcessOfParent, pid: number): boolean {
  try {
    self.kill(pid, 0);
    return true;
  } catch (error) {
    // Not allowed to signal it: then it is there, as another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
