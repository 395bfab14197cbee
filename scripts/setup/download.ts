/** A download of set-up: through `file.part`, gone on with by the next run of the command. */
import { existsSync, renameSync } from 'node:fs';
import { resumeDownload } from '../../main/engine/resumable-download.ts';
import { type Progress, SetUpError } from './report.ts';

/** Fetches `url` into `file`. The caller checks the hash: this only moves bytes. */
export async function download(options: { url: string; file: string; progress: Progress }): Promise<void> {
  if (existsSync(options.file)) return;
  const part = `${options.file}.part`;
  try {
    await resumeDownload({ url: options.url, part, progress: options.progress });
  } catch (error) {
    throw new SetUpError(
      `A download failed (${error instanceof Error ? error.message : String(error)}). Check the network and run the command again: it goes on where it stopped.`,
    );
  }
  renameSync(part, options.file);
}
