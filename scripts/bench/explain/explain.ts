/**
 * `bench -- explain`: how soon an explanation is there, beside what a developer and what an engineer would build from
 * the same library. Same file, threads, instructions, examples and facts; a peer writes all of the text, numbers
 * included, in as many tokens as ours has forced and sampled ones, and its prompt cache is on. Its first sentence
 * counts although nobody verified it; ours counts when it has been verified.
 */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engineThreads } from '../../../main/engine/threads.ts';
import { MODELS_DIR, RUNTIME_DIR } from '../../setup/paths.ts';
import { say } from '../../setup/report.ts';
import { median, pairedRatio } from '../statistics.ts';
import { measureBandwidth } from './bandwidth.ts';
import { type Contender, startContender } from './contender.ts';
import { buildServer, builtServer, llamaRelease, startLlamaServer } from './llama-server.ts';
import type { ContenderStart, Preparation, WriteRequest, Written } from './protocol.ts';
import { SHAPE_8B, writeShapeModel } from './shape-model.ts';

export interface ExplainOptions {
  readonly shape8b: boolean;
  readonly alerts: number;
  readonly coldAlerts: number;
  readonly server: string | null;
}

/** One sequence of the emergency context (inference reference). */
const CONTEXT_TOKENS = 1536;
/** A whole answer by the peers is longer than one of our holes: they get the room of the guide's context. */
const PEER_CONTEXT_TOKENS = 4096;
/** Each layout is tried so often, the first time to warm up. */
const LAYOUT_TRIALS = 4;
const TRIAL_STEP = 10_000;
const ABLATION_STEP = 1_000;
const EMBEDDED = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** Least ratios, peer over ours: of the first sentence and of the complete explanation. */
const TARGETS = {
  embedded: { speculative: { first: 2.5, complete: 2 }, warm: { first: 1, complete: 1 } },
  shape8b: { speculative: { first: 2.5, complete: 3 }, warm: { first: 1.5, complete: 1.5 } },
} as const;

type Ratio = ReturnType<typeof pairedRatio>;

export interface ExplainFigures {
  readonly model: string;
  readonly release: string;
  readonly threads: number;
  readonly layout: WriteRequest['layout'];
  readonly alerts: { readonly warm: number; readonly cold: number };
  readonly rows: readonly {
    readonly name: string;
    readonly n: number;
    readonly firstMs: number;
    readonly completeMs: number;
    readonly tokens: number;
    readonly shown: number | null;
  }[];
  readonly compared: readonly {
    readonly preparation: Preparation;
    readonly peer: string;
    readonly first: Ratio;
    readonly complete: Ratio;
    readonly target: { readonly first: number; readonly complete: number } | null;
  }[];
  readonly memory: readonly { readonly name: string; readonly mebibytes: number | null }[];
  /** Least time of a token written alone: the file's bytes over the bandwidth measured now (ms), and ours. */
  readonly limit: {
    readonly gigabytesASecond: number;
    readonly msPerToken: number;
    readonly oursMsPerToken: number;
  };
}

/** Null for words that are not understood. */
export function explainOptions(
  words: readonly string[],
): (ExplainOptions & { readonly build: boolean }) | null {
  const value = (name: string): string | null => words[words.indexOf(name) + 1] ?? null;
  const shape8b = words.includes('--shape-8b');
  const alerts = words.includes('--alerts') ? Number(value('--alerts')) : shape8b ? 5 : 20;
  if (!Number.isInteger(alerts) || alerts < 1) return null;
  return {
    shape8b,
    alerts,
    coldAlerts: shape8b ? 1 : Math.min(5, alerts),
    server: words.includes('--server') ? value('--server') : builtServer(),
    build: words.includes('--build-server'),
  };
}

export async function benchExplain(
  options: ExplainOptions & { readonly build: boolean },
): Promise<ExplainFigures> {
  if (options.build) {
    say('llama-server: building it from the bundle of node-llama-cpp');
    await buildServer();
  }
  const server = options.build ? builtServer() : options.server;
  if (server === null)
    say(
      'llama-server is not here: without this peer. It is built with: npm run bench -- explain --build-server',
    );
  const modelFile = options.shape8b ? shapeModel() : join(MODELS_DIR, EMBEDDED);
  const start: ContenderStart = { modelFile, threads: engineThreads(), contextTokens: CONTEXT_TOKENS };
  const peerStart = { ...start, contextTokens: PEER_CONTEXT_TOKENS };
  const ours = startContender('ours', 'ours.ts', start);
  const peers: Contender[] = [startContender('LlamaChatSession', 'chat-session.ts', peerStart)];
  try {
    if (server !== null) peers.push(await startLlamaServer(server, peerStart));
    return await measured(options, start, ours, peers);
  } finally {
    await Promise.all([ours, ...peers].map((one) => one.close()));
  }
}

function shapeModel(): string {
  const folder = join(RUNTIME_DIR, 'bench');
  const file = join(folder, `${SHAPE_8B.name}.gguf`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  say(`Writing ${basename(file)} (4 GB of random weights)`);
  writeShapeModel(SHAPE_8B, join(MODELS_DIR, EMBEDDED), file);
  return file;
}

async function measured(
  options: ExplainOptions,
  start: ContenderStart,
  ours: Contender,
  peers: readonly Contender[],
): Promise<ExplainFigures> {
  const layout = await fasterLayout(ours);
  const samples = new Map<string, Written[]>();
  const ask = async (name: string, contender: Contender, request: WriteRequest): Promise<Written> => {
    const written = await contender.write(request);
    samples.set(name, [...(samples.get(name) ?? []), written]);
    return written;
  };
  for (let alert = 0; alert < options.alerts; alert++) {
    const isCold = alert < options.coldAlerts;
    const own = { alert, layout, literals: true, tokens: 0, sentences: 1 };
    const warm = await ask('ours, warm', ours, { ...own, preparation: 'warm' });
    await ask('ours, speculative', ours, { ...own, preparation: 'speculative' });
    const same = { ...own, tokens: warm.forced + warm.sampled, sentences: warm.sentences };
    for (const peer of peers) await ask(`${peer.name}, warm`, peer, { ...same, preparation: 'warm' });
    const other = layout === 'serial' ? 'parallel' : 'serial';
    // Another alert of the grid each: this one's prompt is evaluated by now, and would not be warm but ahead.
    const apart = (round: number): number => alert + round * ABLATION_STEP;
    if (isCold)
      await ask(`ours, warm, ${other} holes`, ours, {
        ...own,
        alert: apart(1),
        layout: other,
        preparation: 'warm',
      });
    if (isCold)
      await ask('ours, warm, without literals', ours, {
        ...same,
        alert: apart(2),
        literals: false,
        preparation: 'warm',
      });
    if (isCold) await ask('ours, cold', ours, { ...own, preparation: 'cold' });
    for (const peer of peers)
      if (isCold) await ask(`${peer.name}, cold`, peer, { ...same, preparation: 'cold' });
    say(`  alert ${alert + 1} of ${options.alerts}`);
  }
  const rows = [...samples].map(([name, some]) => ({
    name,
    n: some.length,
    firstMs: median(some.map(({ firstMs }) => firstMs)),
    completeMs: median(some.map(({ completeMs }) => completeMs)),
    tokens: median(some.map(({ forced, sampled }) => forced + sampled)),
    shown: some[0]?.shown == null ? null : shareShown(some),
  }));
  const targets = options.shape8b ? TARGETS.shape8b : TARGETS.embedded;
  const compared = (['speculative', 'warm', 'cold'] as const).flatMap((preparation) =>
    peers.map((peer) => {
      // A peer has no way to begin before the alert: beside ours ahead of it stands its warm cache.
      const theirs = samples.get(`${peer.name}, ${preparation === 'cold' ? 'cold' : 'warm'}`) ?? [];
      const own = samples.get(`ours, ${preparation}`) ?? [];
      const ratio = (of: (written: Written) => number): Ratio => pairedRatio(theirs.map(of), own.map(of));
      return {
        preparation,
        peer: peer.name,
        first: ratio(({ firstMs }) => firstMs),
        complete: ratio(({ completeMs }) => completeMs),
        target: preparation === 'cold' ? null : targets[preparation],
      };
    }),
  );
  const memory = [ours, ...peers].map((one) => ({ name: one.name, mebibytes: one.mostMebibytes() }));
  const bandwidth = await measureBandwidth(start.threads);
  const written = samples.get('ours, speculative') ?? [];
  return {
    model: basename(start.modelFile),
    release: llamaRelease(),
    threads: start.threads,
    layout,
    alerts: { warm: options.alerts, cold: options.coldAlerts },
    rows,
    compared,
    memory,
    limit: {
      gigabytesASecond: bandwidth / 1e9,
      msPerToken: (1000 * statSync(start.modelFile).size) / bandwidth,
      oursMsPerToken: median(written.map(({ completeMs, sampled }) => completeMs / Math.max(1, sampled))),
    },
  };
}

/** As at a model's admission: the layout that completes sooner, each tried in turn on alerts that are not measured. */
async function fasterLayout(ours: Contender): Promise<WriteRequest['layout']> {
  const sum = { serial: 0, parallel: 0 };
  for (let trial = 0; trial < LAYOUT_TRIALS; trial++)
    for (const [index, layout] of (['serial', 'parallel'] as const).entries()) {
      const alert = (trial * 2 + index + 1) * TRIAL_STEP;
      const request = {
        alert,
        layout,
        literals: true,
        tokens: 0,
        sentences: 1,
        preparation: 'warm' as const,
      };
      const { completeMs, forced, sampled } = await ours.write(request);
      // The first also loads the model. Alerts differ in length: what counts is the time of a token.
      if (trial > 0) sum[layout] += completeMs / (forced + sampled);
    }
  return sum.serial <= sum.parallel ? 'serial' : 'parallel';
}

function shareShown(some: readonly Written[]): number {
  const sum = (of: (written: Written) => number): number => some.reduce((total, one) => total + of(one), 0);
  return (
    sum(({ shown }) => shown ?? 0) /
    Math.max(
      1,
      sum(({ sentences }) => sentences),
    )
  );
}

export function explainLines(figures: ExplainFigures): string[] {
  const { model, release, threads, layout, alerts, rows, compared, memory, limit } = figures;
  const ms = (value: number): string => `${value.toFixed(0).padStart(7)} ms`;
  const range = ({ median: middle, least, most }: Ratio): string =>
    `${middle.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
  return [
    `${model}, llama.cpp ${release} on both sides, ${threads} thread(s), holes ${layout} (the faster here), ${alerts.warm} alerts, ${alerts.cold} of them cold too`,
    'median from the alert to        first sentence   complete   tokens  shown as written',
    ...rows.map(
      ({ name, n, firstMs, completeMs, tokens, shown }) =>
        `${`${name} (n ${n})`.padEnd(36)}${ms(firstMs)} ${ms(completeMs)} ${String(tokens).padStart(7)}  ${shown === null ? 'not verified' : `${(100 * shown).toFixed(0)} %`}`,
    ),
    'how many times sooner, pair by pair (peer over ours): median (least to most)',
    ...compared.map(
      ({ preparation, peer, first, complete, target }) =>
        `${`${preparation}, ${peer}`.padEnd(36)}first ${range(first)}${target === null ? '' : `, least ${target.first}`}; complete ${range(complete)}${target === null ? '' : `, least ${target.complete}`}`,
    ),
    `most memory, mapped weights included (MiB): ${memory.map(({ name, mebibytes }) => `${name} ${mebibytes ?? '?'}`).join(', ')}`,
    `limit of one token at a time: ${limit.msPerToken.toFixed(1)} ms (file over ${limit.gigabytesASecond.toFixed(1)} GB/s); ours, speculative, whole explanation over sampled tokens: ${limit.oursMsPerToken.toFixed(1)} ms`,
  ];
}
