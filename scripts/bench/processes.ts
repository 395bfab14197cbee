/** Memory of a program by process, from Linux's own accounts. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessMemory {
  readonly process: string;
  /** Proportional set size in MB: shared pages are divided among those who share them, so the sum is true. */
  readonly megabytes: number;
}

/** The process and all that descend from it. Empty where the system keeps no such accounts. */
export function memoryByProcess(rootPid: number): ProcessMemory[] {
  const parents = new Map<number, number>();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = read(`/proc/${name}/stat`);
      // The second field is the name in brackets, which may contain spaces: the parent comes after the last bracket.
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      if (parent !== undefined) parents.set(Number(name), Number(parent));
    }
  } catch {
    return [];
  }
  const family = [...parents.keys()].filter((pid) => descends(pid, rootPid, parents));
  return family
    .map((pid) => ({ process: nameOf(pid), megabytes: proportionalMegabytes(pid) }))
    .filter((entry) => entry.megabytes > 0)
    .toSorted((a, b) => b.megabytes - a.megabytes);
}

function descends(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at !== 0; at = parents.get(at))
    if (at === root) return true;
  return false;
}

function nameOf(pid: number): string {
  const words = (read(`/proc/${pid}/cmdline`) ?? '').split(/[\0 ]/);
  const type = words.find((word) => word.startsWith('--type='))?.slice('--type='.length);
  const service = words
    .find((word) => word.startsWith('--utility-sub-type='))
    ?.slice('--utility-sub-type='.length);
  return service ?? type ?? 'shell (main)';
}

function proportionalMegabytes(pid: number): number {
  const pss = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
  return pss === undefined ? 0 : Math.round(Number(pss) / 1024);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A process that ended between the listing and the look: it has no memory any more.
    return null;
  }
}
