/** A two-way line of structured messages. A message port today, a socket for a second terminal tomorrow. */
export interface Channel {
  send(message: unknown): void;
  /** Messages that arrive before a listener is set are kept for it. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
