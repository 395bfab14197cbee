/** What makes vectors of texts: a port, so that search works the same with any embedder and without one. */
export interface Embedder {
  readonly name: string;
  /** SHA-256 of the file that it was read from. */
  readonly sha256: string;
  readonly dimensions: number;
  /** A vector of length 1, or null where no word of the text is known. */
  embed(text: string): Float32Array | null;
}
