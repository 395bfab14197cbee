/** The trainer's files that both sides are held to, read from its own tests. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { identifiers } from '../deidentification/identify.ts';
import { ADAPTER_GGUF_FILE, adapterManifestSchema } from './adapter-manifest.ts';
import { TRAINING_FORMAT, type TrainingConfiguration, trainingConfigurationSchema } from './configuration.ts';
import { TRAINING_EVENT_PREFIX, trainingEventOf, trainingEventSchema } from './event.ts';
import { hostReportSchema } from './host-report.ts';

function read(name: string): string {
  return readFileSync(new URL(`../../../resources/trainer/tests/${name}`, import.meta.url), 'utf8');
}

function cases<T>(name: string, schema: z.ZodType<T>): T[] {
  return read(name)
    .trimEnd()
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)));
}

const configurationCases = cases(
  'configuration-cases.jsonl',
  z.object({ name: z.string(), good: z.boolean(), configuration: z.unknown() }),
);

test.each(configurationCases)('configuration: $name', ({ good, configuration }) => {
  expect(trainingConfigurationSchema.safeParse(configuration).success).toBe(good);
});

test('the defaults are the values of the guide', () => {
  const base = { kind: 'folder', path: 'weights' };
  const guide: TrainingConfiguration = trainingConfigurationSchema.parse({ format: TRAINING_FORMAT, base });
  expect(guide).toMatchObject({
    method: 'sft',
    lora: { r: 16, alpha: 32, dropout: 0.05, targets: ['q_proj', 'k_proj', 'v_proj', 'o_proj'] },
    training: {
      epochs: 3,
      batch: 4,
      accumulation: 4,
      learningRate: 2e-4,
      schedule: 'cosine',
      warmUpSteps: 100,
      gradientNorm: 0.3,
      optimiser: 'paged-adamw-32bit',
      length: 2048,
      evaluateEvery: 500,
      saveEvery: 500,
      precision: 'bf16',
      fourBit: true,
    },
  });
});

test('events of the trainer are read, whatever Ray puts before them', () => {
  const events = cases('event-cases.jsonl', z.unknown());
  const kinds = trainingEventSchema.options.map(({ shape }) => shape.event.value);
  expect(new Set(events.map((event) => trainingEventSchema.parse(event).event))).toEqual(new Set(kinds));
  for (const event of events) {
    const line = `(driver pid=17) ${TRAINING_EVENT_PREFIX}${JSON.stringify(event)}`;
    expect(trainingEventOf(line)).toEqual(event);
    expect(trainingEventOf(line.slice(0, -1))).toBeNull();
  }
  expect(trainingEventOf('loss 0.3')).toBeNull();
  expect(trainingEventOf(`${TRAINING_EVENT_PREFIX}{"event":"stolen","at":1}`)).toBeNull();
});

const identifierCases = cases(
  'identifier-cases.jsonl',
  z.object({ text: z.string(), kinds: z.array(z.string()) }),
);

test.each(identifierCases)('identifiers, as the trainer finds them: $text', ({ text, kinds }) => {
  expect(identifiers(text).map(({ kind }) => kind)).toEqual(kinds);
});

test('a manifest that the trainer wrote is read, and holds the file that the engine loads', () => {
  const manifest = adapterManifestSchema.parse(JSON.parse(read('adapter-manifest-case.json')));
  expect(manifest.files.map(({ name }) => name)).toContain(ADAPTER_GGUF_FILE);
  for (const name of ['../adapter.gguf', '/etc/passwd', '.hidden', 'a/b', 'a\\b', ''])
    expect(
      adapterManifestSchema.safeParse({ ...manifest, files: [{ name, bytes: 1, sha256: manifest.identity }] })
        .success,
      name,
    ).toBe(false);
});

test('what the host check tells is read', () => {
  const report = hostReportSchema.parse(JSON.parse(read('host-report-case.json')));
  expect(report.findings.filter(({ ok }) => !ok).every(({ words }) => words !== '')).toBe(true);
});
