/** Bytes from an address into a file, gone on with where an earlier try stopped. Hashes are the caller's business. */
import { createWriteStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Download {
  readonly url: string;
  /** The unfinished file; what it holds already is not asked for again. */
  readonly part: string;
  /** Called with a line like "12 of 98 MB". */
  readonly progress: (detail: string) => void;
  readonly signal?: AbortSignal;
}

/** Range Not Satisfiable (RFC 9110, 15.5.17): the part is the whole file already. */
const NOTHING_LEFT = 416;
const PARTIAL_CONTENT = 206;

/** Throws where the server refuses or the line ends early; the part stays for the next try. */
export async function resumeDownload({ url, part, progress, signal }: Download): Promise<void> {
  const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  const response = await fetch(url, {
    headers: have > 0 ? { range: `bytes=${have}-` } : {},
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === NOTHING_LEFT && have > 0) return;
  if (!response.ok || response.body === null) throw new Error(`answered with ${response.status}`);
  // A server without ranges sends everything again.
  const resumed = response.status === PARTIAL_CONTENT;
  const total = Number(response.headers.get('content-length') ?? 0) + (resumed ? have : 0);
  let received = resumed ? have : 0;
  const body = Readable.from(response.body);
  body.on('data', (chunk: Uint8Array) => {
    received += chunk.byteLength;
    progress(`${megabytes(received)} of ${total > 0 ? megabytes(total) : '?'} MB`);
  });
  await pipeline(body, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
  if (total > 0 && statSync(part).size !== total) throw new Error('ended early');
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
