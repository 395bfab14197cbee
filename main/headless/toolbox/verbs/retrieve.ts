import { join } from 'node:path';
import { z } from 'zod';
import { factsSchema } from '../../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../../app/explanation/facts.ts';
import { askedAnswers, driverFit } from '../../../../app/knowledge/driver-answers.ts';
import { openEmbedder } from '../../../core/knowledge/open-embedder.ts';
import { programCards, readProgramLibrary } from '../../../core/knowledge/program-library.ts';
import { createSearchIndex } from '../../../core/knowledge/search-index.ts';
import { standardErrorLog } from '../../../core/log.ts';
import { sqliteBindingOf } from '../../engine.ts';
import { answerLines, idOf } from '../json-lines.ts';
import { UsageError, type Verb } from '../verb.ts';

const querySchema = z.object({ query: z.string().min(1).max(2_000) });
const optionsSchema = z.object({
  most: z.coerce.number().int().min(1).max(50).default(5),
  'words-only': z.boolean().default(false),
});

export const retrieve: Verb = {
  summary: 'the cards of the library for a question or for facts',
  help: 'In: {"query":"…"} or facts.\nOut: {"passages":[{"id":…,"title":…,"score":…}],"embedder":…}. A score orders the cards of one answer; it is no probability.\n--most N (5)  --words-only: full text alone, without vectors',
  options: { most: { type: 'string' }, 'words-only': { type: 'boolean' } },
  run({ files, options, root }) {
    const read = optionsSchema.safeParse(options);
    if (!read.success) throw new UsageError(z.prettifyError(read.error));
    const { most } = read.data;
    const library = readProgramLibrary(join(root, 'resources', 'knowledge'));
    if (!library.ok) throw new Error(`the library is refused: ${library.faults[0]?.message}`);
    const cards = programCards(library.library);
    const log = standardErrorLog();
    const embedder = read.data['words-only'] ? null : openEmbedder(join(root, 'models'), log);
    const index = createSearchIndex({
      cards,
      embedder,
      nativeBinding: sqliteBindingOf(root),
      onNoVectors: (reason) => log('warn', 'knowledge-without-vectors', { reason }),
    });
    const used = index.hasVectors ? embedder?.name : null;
    return answerLines(files, (line) => {
      const query = querySchema.safeParse(line);
      const facts = query.success ? null : factsSchema.safeParse(line);
      if (facts?.success === false)
        return {
          ok: false,
          ...idOf(line),
          error: { code: 'invalid-request', message: z.prettifyError(facts.error) },
        };
      const found = query.success
        ? index.search(query.data.query, { most })
        : facts === null
          ? []
          : byDrivers(facts.data);
      const passages = found.map(({ card, score }) => ({
        id: card.id,
        title: card.title,
        version: card.version,
        score: Math.round(score * 1e6) / 1e6,
      }));
      return { ok: true, value: { ...idOf(line), passages, embedder: used ?? null } };
    });

    function byDrivers(input: z.infer<typeof factsSchema>) {
      const asked = askedAnswers(completeFacts(input));
      return cards
        .map((card) => ({ card, score: driverFit(asked, card.answers) }))
        .filter(({ score }) => score > 0)
        .sort((one, other) => other.score - one.score)
        .slice(0, most);
    }
  },
};
