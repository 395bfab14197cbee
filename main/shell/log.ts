/** The shell's log: a JSON line an event on standard error. No names, no values, no free text. */
export type Log = (event: string, detail: Record<string, unknown>) => void;

export const log: Log = (event, detail) => {
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), process: 'shell', event, ...detail })}\n`,
  );
};
