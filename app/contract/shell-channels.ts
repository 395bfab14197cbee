/** The three messages between the preload and the shell. Everything else goes over the terminal's own port. */
export const SHELL_CHANNELS = {
  /** The page asks for a line to the core. */
  connect: 'terminal.connect',
  /** The shell hands it over, as the message's only port. */
  port: 'terminal.port',
  /** The line is gone; a new one may be asked for. */
  lost: 'terminal.lost',
} as const;
