import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EXPLANATION_DEPTHS, factsSchema } from '../../../../app/explanation/explanation.ts';
import { IN_THE_BANKS_ORDER, readPhraseBank } from '../../../../app/explanation/phrases.ts';
import { readNews2Input } from '../../../../app/scoring/news2-input.ts';
import { openHeadlessEngine } from '../../engine.ts';
import { type ExplainOptions, explainFacts } from '../explain-facts.ts';
import { answerLines, idOf, insistOnFiles, type LineAnswer } from '../json-lines.ts';
import { errorLine } from '../refusal.ts';
import { type OpenEngine, openServer, SERVER_KEY, serverOf } from '../server-engine.ts';
import { textOption, UsageError, type Verb, type VerbContext } from '../verb.ts';

const optionsSchema = z.object({
  mode: z.enum(['guided', 'free', 'rules']).default('guided'),
  language: z.enum(['en', 'hi']).default('en'),
  depth: z.enum(EXPLANATION_DEPTHS).default('bedside'),
  seed: z.coerce.number().int().nullable().default(null),
  threads: z.coerce.number().int().min(1).max(64).nullable().default(null),
});

export const explain: Verb = {
  summary: 'rule text and checked sentences for each line of facts',
  help: `In: {"id":…,"vitals":…,"previous":…} or facts.\nOut: score, rule text, sentences with verdicts, confidence, timing.\n--mode guided|free|rules  --model FILE-OR-NAME  --adapter FILE|none  --seed N  --threads N  --language en|hi  --depth bedside|doctor|education\n--endpoint URL: a /v1/completions server writes (URL up to and without /v1); --model names its model, --prompt-format chatml|llama3|alpaca its prompts, ${SERVER_KEY} in the environment its key.`,
  options: {
    mode: { type: 'string' },
    model: { type: 'string' },
    adapter: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string' },
    language: { type: 'string' },
    depth: { type: 'string' },
    endpoint: { type: 'string' },
    'prompt-format': { type: 'string' },
  },
  needsModel: ({ mode, endpoint }) => mode !== 'rules' && endpoint === undefined,
  async run(context) {
    const { threads, ...chosen } = readOptions(context);
    const bank = readPhraseBank(readFileSync(path.join(context.root, 'resources/phrases/bank.json'), 'utf8'));
    const options = { ...chosen, approved: { bank, rank: IN_THE_BANKS_ORDER } };
    insistOnFiles(context.files);
    const engine = options.mode === 'rules' ? null : openEngine(context, threads);
    const status = await engine?.started;
    if (status && status.state !== 'ready')
      process.stderr.write(`The model is not available: ${status.detail ?? status.state}\n`);
    try {
      return await answerLines(context.files, async (line): Promise<LineAnswer> => {
        const facts = factsSchema.safeParse(line);
        if (!facts.success)
          return {
            ok: false,
            ...idOf(line),
            error: { code: 'invalid-request', message: z.prettifyError(facts.error) },
          };
        const vitals = readNews2Input(facts.data.vitals);
        if (!vitals.ok) return { ok: false, ...idOf(line), error: errorLine(vitals.error) };
        return { ok: true, value: { ...idOf(line), ...(await explainFacts(facts.data, engine, options)) } };
      });
    } finally {
      await engine?.close();
    }
  },
};

function openEngine(context: VerbContext, threads: number | null): OpenEngine {
  const server = serverOf(context);
  if (server !== null) return openServer(server);
  const adapter = textOption(context, 'adapter');
  return openHeadlessEngine({
    root: context.root,
    model: textOption(context, 'model'),
    adapterFile: adapter === 'none' ? null : adapter,
    shippedAdapter: adapter !== 'none',
    threads,
    safeMode: false,
    recordDirectory: null,
    smokeLoadFirst: false,
    fault: null,
  });
}

function readOptions(context: VerbContext): Omit<ExplainOptions, 'approved'> & { threads: number | null } {
  const read = optionsSchema.safeParse(context.options);
  if (!read.success) throw new UsageError(z.prettifyError(read.error));
  return read.data;
}
