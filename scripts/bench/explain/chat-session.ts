/**
 * A peer in `bench -- explain`: what a developer would write, node-llama-cpp's `LlamaChatSession` with the same
 * instructions, examples and facts, writing every word itself. The session keeps what it evaluated (its own prompt
 * cache); end-of-turn tokens are banned so that it writes exactly as many tokens as ours.
 */
import { type ChatHistoryItem, getLlama, LlamaChatSession, LlamaLogLevel, TokenBias } from 'node-llama-cpp';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { gridVitals } from '../../../main/headless/toolbox/grid.ts';
import { answerRequests } from './contender.ts';
import { peerConversation } from './peer-prompt.ts';
import {
  contenderStartSchema,
  firstSentenceEnded,
  type WriteRequest,
  type Written,
  writeRequestSchema,
} from './protocol.ts';

const start = contenderStartSchema.parse(JSON.parse(process.argv[2] ?? ''));
const llama = await getLlama({
  gpu: false,
  build: 'never',
  logLevel: LlamaLogLevel.error,
  maxThreads: start.threads,
  skipDownload: true,
});
const model = await llama.loadModel({ modelPath: start.modelFile });
const endless = new TokenBias(model.tokenizer);
for (const token of model.iterateAllTokens()) if (model.isEogToken(token)) endless.set(token, 'never');

const newSession = async (): Promise<LlamaChatSession> => {
  const context = await model.createContext({ contextSize: start.contextTokens, threads: start.threads });
  return new LlamaChatSession({ contextSequence: context.getSequence() });
};
let kept: LlamaChatSession | null = null;

await answerRequests((line) => writeRequestSchema.parse(line), write);

async function write(request: WriteRequest): Promise<Written> {
  const isCold = request.preparation === 'cold';
  if (!isCold) kept ??= await warmedUp();
  const session = isCold || kept === null ? await newSession() : kept;
  const { history, question } = conversation(request);
  const began = performance.now();
  session.setChatHistory(history);
  let text = '';
  let tokens = 0;
  let firstMs: number | null = null;
  await session.prompt(question, {
    temperature: 0,
    maxTokens: request.tokens,
    tokenBias: endless,
    onResponseChunk: (chunk) => {
      text += chunk.text;
      tokens += chunk.tokens.length;
      if (firstMs === null && firstSentenceEnded(text, tokens, request)) firstMs = performance.now() - began;
    },
  });
  const completeMs = performance.now() - began;
  if (isCold) await session.context.dispose();
  const { sentences } = request;
  return { firstMs: firstMs ?? completeMs, completeMs, forced: 0, sampled: tokens, sentences, shown: null };
}

/** What does not change from alert to alert is evaluated already. */
async function warmedUp(): Promise<LlamaChatSession> {
  const session = await newSession();
  const { history, question } = conversation({ alert: 0 });
  session.setChatHistory(history);
  await session.prompt(question, { temperature: 0, maxTokens: 1 });
  return session;
}

function conversation({ alert }: Pick<WriteRequest, 'alert'>): {
  history: ChatHistoryItem[];
  question: string;
} {
  const { system, exchanges, question } = peerConversation(completeFacts({ vitals: gridVitals(alert) }));
  return {
    question,
    history: [
      { type: 'system', text: system },
      ...exchanges.flatMap(({ user, answer }): ChatHistoryItem[] => [
        { type: 'user', text: user },
        { type: 'model', response: [answer] },
      ]),
    ],
  };
}
