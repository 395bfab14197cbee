/** The isolated engine: the same engine on plain Node, which ends with whoever forked it. */
import { z } from 'zod';
import { serveEngine } from '../serve.ts';
import { forkSmokeHelper } from '../smoke-load.ts';
import { createEngine } from '../supervised.ts';
import { isolatedRequestSchema } from './isolated-request.ts';
import { channelOverProcess } from './process-channel.ts';

const request = isolatedRequestSchema.parse(JSON.parse(z.string().parse(process.argv[2])));
const { smokeScript, ...options } = request;
const engine = createEngine({
  ...options,
  mode: 'on',
  runtime: 'isolated',
  smokeHelper: smokeScript === null ? null : forkSmokeHelper(smokeScript),
  plainSmokeHelper: null,
  fault: null,
});
const channel = channelOverProcess(process);
serveEngine(channel, engine);
channel.onClose(() => void engine.close().finally(() => process.exit(0)));
