/** What the operating system says of a file, in words. */

const WORDS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `There is no ${path}.`,
  EISDIR: (path) => `${path} is a folder; a file is needed.`,
  ENOTDIR: (path) => `${path} lies below something that is no folder.`,
  EACCES: (path) => `${path} may not be read or written by this user.`,
  EPERM: (path) => `${path} may not be read or written by this user.`,
  ENOSPC: (path) => `The disk is full: ${path} cannot be written.`,
};

/** The code of an error of the operating system (ENOENT, EPIPE, …); null for every other error. */
export function systemCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'syscall' in error ? error.code : null;
}

/** One line for a person; null where the error is none of the operating system's. */
export function fileProblem(error: unknown, path?: string): string | null {
  const code = systemCodeOf(error);
  if (code === null || !(error instanceof Error)) return null;
  const named = path ?? ('path' in error && typeof error.path === 'string' ? error.path : null);
  return named === null ? error.message : (WORDS[code]?.(named) ?? error.message);
}
