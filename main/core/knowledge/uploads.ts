/** Documents that were uploaded and are being looked at: in memory, for a while, read by a thread with limits. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { draftGuideline, type GuidelineDraft } from '../../../app/knowledge/guideline.ts';
import type { Clock, Ids } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { DocumentKind } from './read-document.ts';

export interface Upload {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly sha256: string;
  readonly draft: GuidelineDraft;
  readonly atMs: number;
}

export type UploadProblem = 'kind' | 'unreadable' | 'too-slow' | 'empty' | 'busy';

export interface Uploads {
  open(name: string, bytes: Uint8Array): Promise<Upload | UploadProblem>;
  find(id: string): Upload | null;
  forget(id: string): void;
}

/** Ours: a large guideline takes a few seconds on a weak machine. */
const READING_LIMIT_MS = 30_000;
const READING_MEGABYTES = 384;
const MOST_KEPT = 4;
const KEPT_MS = 3_600_000;

const answerSchema = z.union([
  z.object({
    ok: z.literal(true),
    blocks: z.array(
      z.object({ kind: z.enum(['heading', 'paragraph']), text: z.string(), hidden: z.boolean() }),
    ),
  }),
  z.object({ ok: z.literal(false), detail: z.string() }),
]);
type ReadingAnswer = z.infer<typeof answerSchema> | 'too-slow';

/** What a file is by its first bytes; its name decides only between texts. */
function kindOf(name: string, bytes: Uint8Array): DocumentKind | null {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (start === '%PDF-') return 'pdf';
  if (start.startsWith('PK\u0003\u0004')) return 'docx';
  return /\.(?:md|markdown|txt)$/iu.test(name) ? 'markdown' : null;
}

/** @param script `document-worker`, as source or bundled */
export function createUploads(ports: {
  readonly script: string | URL;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly limitMs?: number;
}): Uploads {
  const kept = new Map<string, Upload>();
  let reading = false;
  const forgetOld = (): void => {
    const oldest = ports.clock.wall() - KEPT_MS;
    for (const [id, { atMs }] of kept) if (atMs < oldest || kept.size > MOST_KEPT) kept.delete(id);
  };
  return {
    open: async (name, bytes) => {
      const kind = kindOf(name, bytes);
      if (kind === null) return 'kind';
      // One at a time: a stranger's file never takes more than one core.
      if (reading) return 'busy';
      reading = true;
      try {
        const answer = await readInThread(ports.script, kind, bytes, ports.limitMs ?? READING_LIMIT_MS);
        if (answer === 'too-slow') return 'too-slow';
        if (!answer.ok) {
          ports.log('warn', 'guideline-unreadable', { kind, reason: answer.detail });
          return 'unreadable';
        }
        const draft = draftGuideline(answer.blocks, name.replace(/\.[a-z]+$/iu, ''));
        if (draft.cards.length === 0 && draft.hidden.length === 0) return 'empty';
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const upload = { id: ports.ids.next(), kind, sha256, draft, atMs: ports.clock.wall() };
        kept.set(upload.id, upload);
        forgetOld();
        return upload;
      } finally {
        reading = false;
      }
    },
    find: (id) => {
      forgetOld();
      return kept.get(id) ?? null;
    },
    forget: (id) => void kept.delete(id),
  };
}

function readInThread(
  script: string | URL,
  kind: DocumentKind,
  bytes: Uint8Array,
  limitMs: number,
): Promise<ReadingAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(script, {
      workerData: { kind, bytes },
      resourceLimits: { maxOldGenerationSizeMb: READING_MEGABYTES, stackSizeMb: 4 },
      // Libraries may say what they like of a broken file: none of it is the program's own output.
      stdout: true,
      stderr: true,
      env: {},
    });
    const done = (answer: ReadingAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      void worker.terminate();
    };
    const timer = setTimeout(() => done('too-slow'), limitMs);
    worker.on('message', (given) => {
      const answer = answerSchema.safeParse(given);
      done(answer.success ? answer.data : { ok: false, detail: 'the reader answered something else' });
    });
    worker.on('error', (error) => done({ ok: false, detail: reasonOf(error) }));
    worker.on('exit', () => done({ ok: false, detail: 'the reader ended' }));
    worker.unref();
  });
}
