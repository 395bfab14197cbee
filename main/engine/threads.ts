/** How many threads the model computes with on this machine. */
import { availableParallelism } from 'node:os';

/** The training guide's figure for an edge workstation; more brings nothing where memory bandwidth is the limit. */
const MOST_THREADS = 8;

/** All cores but one, which stays for the window and the vitals. */
export function engineThreads(): number {
  return Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1));
}
