/** One download that goes on where an earlier one stopped. */
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Progress, SetUpError } from './report.ts';

/** Fetches `url` into `file`, through `file.part`. The caller checks the hash: this only moves bytes. */
export async function download(options: { url: string; file: string; progress: Progress }): Promise<void> {
  const part = `${options.file}.part`;
  if (existsSync(options.file)) return;
  const have = existsSync(part) ? statSync(part).size : 0;
  const response = await fetch(options.url, have > 0 ? { headers: { range: `bytes=${have}-` } } : {});
  if (response.status === 416) {
    // The whole file was there already; only the last rename was missing.
    renameSync(part, options.file);
    return;
  }
  if (!response.ok || response.body === null)
    throw new SetUpError(
      `A download was answered with ${response.status}. Check the network and run the command again.`,
    );
  const resumed = response.status === 206;
  const total = Number(response.headers.get('content-length') ?? 0) + (resumed ? have : 0);
  let received = resumed ? have : 0;
  const body = Readable.from(response.body);
  body.on('data', (chunk: Uint8Array) => {
    received += chunk.byteLength;
    options.progress(`${megabytes(received)} of ${total > 0 ? megabytes(total) : '?'} MB`);
  });
  await pipeline(body, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
  if (total > 0 && statSync(part).size !== total)
    throw new SetUpError('A download ended early. Run the command again: it goes on where it stopped.');
  renameSync(part, options.file);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
