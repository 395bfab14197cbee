import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { resumeDownload } from './resumable-download.ts';

const WHOLE = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251));

let folder: string;
let server: Server | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-download-'));
});
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/file`;
}

/** A server that knows ranges, and breaks off after `most` bytes the first time. */
const TORN_OFF_MS = 200;

function withRanges(ranges: (string | undefined)[], most = Number.POSITIVE_INFINITY): RequestListener {
  return (request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (from >= WHOLE.length) {
      response.writeHead(416).end();
      return;
    }
    const rest = WHOLE.subarray(from);
    response.writeHead(range === undefined ? 200 : 206, { 'content-length': rest.length });
    if (ranges.length > 1 || rest.length <= most) response.end(rest);
    // Torn off once what was sent is likely to have been written down.
    else response.write(rest.subarray(0, most), () => setTimeout(() => response.destroy(), TORN_OFF_MS));
  };
}

test('a line that breaks keeps its bytes, and the next try asks for the rest alone', async () => {
  const ranges: (string | undefined)[] = [];
  const url = await serve(withRanges(ranges, 20_000));
  const part = join(folder, 'model.part');
  await expect(resumeDownload({ url, part, progress: () => {} })).rejects.toThrow();
  const kept = readFileSync(part).length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(WHOLE.length);
  const told: string[] = [];
  await resumeDownload({ url, part, progress: (line) => told.push(line) });
  expect(ranges).toEqual([undefined, `bytes=${kept}-`]);
  expect(readFileSync(part).equals(WHOLE)).toBe(true);
  expect(told.length).toBeGreaterThan(0);
});

test('a part that is the whole file already is left as it is', async () => {
  const ranges: (string | undefined)[] = [];
  const url = await serve(withRanges(ranges));
  const part = join(folder, 'model.part');
  writeFileSync(part, WHOLE);
  await resumeDownload({ url, part, progress: () => {} });
  expect(readFileSync(part).equals(WHOLE)).toBe(true);
});

test('a server without ranges sends everything again, and the part is written anew', async () => {
  const url = await serve((_, response) => response.writeHead(200).end(WHOLE));
  const part = join(folder, 'model.part');
  writeFileSync(part, WHOLE.subarray(0, 1000));
  await resumeDownload({ url, part, progress: () => {} });
  expect(readFileSync(part).equals(WHOLE)).toBe(true);
});

test('a refusal is told by its number, and cancelling ends the download', async () => {
  const url = await serve((request, response) => {
    if (request.headers.range === undefined) response.writeHead(404).end();
  });
  const part = join(folder, 'model.part');
  await expect(resumeDownload({ url, part, progress: () => {} })).rejects.toThrow('404');
  writeFileSync(part, WHOLE.subarray(0, 10));
  const stop = new AbortController();
  const running = resumeDownload({ url, part, progress: () => {}, signal: stop.signal });
  stop.abort();
  await expect(running).rejects.toThrow();
  expect(readFileSync(part).length).toBe(10);
});
