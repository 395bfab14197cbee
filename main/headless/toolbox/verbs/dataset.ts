import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkExample } from '../../../../app/learning/examples/check-example.ts';
import { exampleSchema } from '../../../../app/learning/examples/example.ts';
import {
  exampleFromPublished,
  publishedSetSchema,
} from '../../../../app/learning/examples/from-published.ts';
import { syntheticExplanations } from '../../../../app/learning/generator/holes-examples.ts';
import { syntheticRefusals } from '../../../../app/learning/generator/questions.ts';
import { writeDataSet } from '../../../core/learning/build-data-set.ts';
import { answerLines, idOf, insistOnFiles, writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb, type VerbContext } from '../verb.ts';

/** What a model writes that knows no Hindi. */
const languageSchema = z.enum(['en']).optional();
const wholeNumber = z.coerce.number().int().min(0);

/** The line as an example: one of ours, or one of a published set as its configuration reads it. */
function exampleReader(context: VerbContext) {
  const configuration = textOption(context, 'published');
  if (configuration === null) return (line: unknown) => exampleSchema.safeParse(line).data ?? null;
  insistOnFiles([configuration]);
  const set = publishedSetSchema.parse(JSON.parse(readFileSync(configuration, 'utf8')));
  let number = 0;
  return (line: unknown) => exampleFromPublished(set, line, ++number);
}

async function build(context: VerbContext, files: readonly string[]): Promise<number> {
  const out = textOption(context, 'out');
  if (out === null || existsSync(out))
    throw new UsageError('It needs --out, a folder that is not there yet.');
  const seed = wholeNumber.safeParse(textOption(context, 'seed') ?? '1');
  const synthetic = wholeNumber.safeParse(textOption(context, 'synthetic') ?? '0');
  if (!seed.success || !synthetic.success) throw new UsageError('--seed and --synthetic are whole numbers.');
  const language = languageSchema.safeParse(textOption(context, 'language') ?? undefined);
  if (!language.success) throw new UsageError('--language is en: left out, a fifth is Hindi.');
  insistOnFiles(files);
  const read = exampleReader(context);
  const given = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => read(JSON.parse(line))),
  );
  const questions = Math.round(synthetic.data / 10);
  const hindiShare = language.data === 'en' ? 0 : undefined;
  const examples = [
    ...given.filter((example) => example !== null),
    ...syntheticExplanations(seed.data, synthetic.data - questions, hindiShare).examples,
    ...syntheticRefusals(seed.data, questions),
  ];
  const written = writeDataSet(
    { id: `seed-${seed.data}`, out, seed: seed.data, program: 'toolbox' },
    examples,
  );
  await writeLine({ sha256: written.sha256, unreadable: given.filter((one) => one === null).length });
  process.stderr.write(written.manifest);
  return given.includes(null) ? 1 : 0;
}

export const dataset: Verb = {
  summary: 'builds a data set of examples, or checks examples',
  help: 'build [FILE…] --out DIR [--seed N] [--synthetic N] [--language en] [--published CONFIGURATION]\ncheck [FILE…] [--published CONFIGURATION]\nFiles of examples, a line each. Out: the manifest, or for each example null or why it is not taught.',
  options: {
    out: { type: 'string' },
    seed: { type: 'string' },
    synthetic: { type: 'string' },
    language: { type: 'string' },
    published: { type: 'string' },
  },
  async run(context) {
    const [what, ...files] = context.files;
    if (what === 'build') return build(context, files);
    if (what !== 'check') throw new UsageError('It needs "build" or "check".');
    const read = exampleReader(context);
    return answerLines(files, (line) => {
      const example = read(line);
      return example === null
        ? { ok: false, ...idOf(line), error: { code: 'invalid-request', message: 'This is no example.' } }
        : { ok: true, value: { id: example.id, rejected: checkExample(example) } };
    });
  },
};
