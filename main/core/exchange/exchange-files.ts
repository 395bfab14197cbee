/** A place of exchange as files: listed, read and written. What is written is whole under its name or not there. */
import type { Readable } from 'node:stream';
import type { ExchangeFolder } from '../../../app/learning/exchange/place.ts';
import type { RemoteFile } from '../training/remote-files.ts';

/** Paths are of the place: `adapters/adapter-0123/manifest.json`. Everything throws HostTrouble where it cannot be done. */
export interface ExchangeFiles {
  /** Names of the bundles in a folder, as the place tells them; none where the folder is not there. */
  bundles(folder: ExchangeFolder): Promise<readonly string[]>;
  /** Of the path itself, not of what a link leads to. Null: it is not there. */
  about(path: string): Promise<RemoteFile | null>;
  read(path: string): Readable;
  /** Puts files of this machine into a new bundle, in this order; the last one makes it whole. */
  put(folder: ExchangeFolder, bundle: string, files: readonly LocalFile[]): Promise<void>;
  close(): void;
}

export interface LocalFile {
  readonly name: string;
  /** On this machine. */
  readonly path: string;
}
