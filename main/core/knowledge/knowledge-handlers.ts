/** What terminals may ask of the knowledge library. */
import type { CardLine } from '../../../app/contract/calls/knowledge.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { LanguageCode, PersonView } from '../../../app/contract/views.ts';
import { readingsAsked } from '../../../app/knowledge/asked-readings.ts';
import { isOverdue } from '../../../app/knowledge/review-month.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { Knowledge } from './knowledge.ts';
import { insertAct, insertCard, insertGuideline } from './knowledge-table.ts';
import type { Decision, StandingCard } from './standing.ts';
import type { Uploads } from './uploads.ts';

export interface KnowledgeHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly knowledge: Knowledge;
  readonly uploads: Uploads;
  readonly people: () => readonly PersonView[];
}

type KnowledgeCommands = 'knowledge.read' | 'knowledge.save' | 'knowledge.approve' | 'knowledge.withdraw';

/** Hits of a search that are shown. Ours. */
const MOST_HITS = 20;
/** What a hospital's card is retrieved for: the readings that it speaks of itself. */
function answersOf(text: string): readonly string[] {
  const told = readingsAsked(text).map(({ answer }) => answer);
  return told.length === 0 ? ['any'] : told.slice(0, MOST_ANSWERS);
}

/** A card that speaks of everything answers nothing. Ours. */
const MOST_ANSWERS = 4;

/** The topic of every card of a guideline. */
const SITE_TOPIC = 'hospital';

export function knowledgeHandlers(ports: KnowledgeHandlerPorts): Pick<CommandHandlers, KnowledgeCommands> {
  const { sealing, clock, ids, knowledge, uploads } = ports;

  /** The newest version of a subject, or null where there is none of this id. */
  const newestVersion = (subject: 'card' | 'guideline', id: string): number | null => {
    const versions =
      subject === 'card'
        ? knowledge.cards().flatMap(({ card }) => (card.id === id ? [card.version] : []))
        : knowledge.guidelines().flatMap(({ guideline }) => (guideline.id === id ? [guideline.version] : []));
    return versions.length === 0 ? null : Math.max(...versions);
  };
  const told = <R>(outcome: Outcome<R>): Outcome<R> => {
    if (outcome.ok) knowledge.changed();
    return outcome;
  };

  return {
    'knowledge.read': async ({ name, base64 }) => {
      const upload = await uploads.open(name, Buffer.from(base64, 'base64'));
      if (upload === 'busy') return refused('busy');
      if (typeof upload === 'string') return refused('file-unreadable', { reason: upload });
      const { title, cards, hidden, left } = upload.draft;
      return ok({
        uploadId: upload.id,
        kind: upload.kind,
        title,
        cards: [...cards],
        hidden: [...hidden],
        left,
      });
    },

    'knowledge.save': ({ uploadId, guidelineId, title, organisation, year, reviewDue, leaveOut }, call) => {
      const upload = uploads.find(uploadId);
      if (upload === null) return refused('not-found', { what: 'upload' });
      const before = guidelineId === null ? 0 : newestVersion('guideline', guidelineId);
      if (before === null) return refused('not-found', { what: 'guideline' });
      const left = new Set(leaveOut);
      const cards = upload.draft.cards.filter((_, place) => !left.has(place));
      if (cards.length === 0) return refused('invalid-request', { field: 'leaveOut' });
      const id = guidelineId ?? ids.next();
      const version = before + 1;
      const nowMs = clock.wall();
      const detail = { version, kind: upload.kind, cards: cards.length, hidden: upload.draft.hidden.length };
      const saved = call.commit(id, { ...detail, sha256: upload.sha256 }, (write) => {
        insertGuideline(write, {
          id,
          version,
          title,
          organisation,
          year,
          reviewDue,
          sha256: upload.sha256,
          kind: upload.kind,
          hidden: upload.draft.hidden.length,
          savedMs: nowMs,
          savedBy: call.person.id,
        });
        for (const [place, card] of cards.entries())
          insertCard(
            write,
            {
              id: `${id}-${place + 1}`,
              version,
              guidelineId: id,
              topic: SITE_TOPIC,
              title: card.title,
              text: card.text,
              hindi: null,
              answers: answersOf(`${card.title}. ${card.text}`),
              words: [title],
              sources: [{ organisation, title, year }],
              reviewed: isoTime(nowMs).slice(0, 7),
              reviewDue,
            },
            nowMs,
          );
        return ok({ guidelineId: id, version });
      });
      if (saved.ok) uploads.forget(uploadId);
      return told(saved);
    },

    'knowledge.approve': ({ subject, id, version }, call) => {
      const newest = newestVersion(subject, id);
      if (newest === null) return refused('not-found', { what: subject });
      // What was looked at is what is approved.
      if (newest !== version) return refused('changed-meanwhile', { version: newest });
      return told(
        call.commit(id, { subject, version }, (write) => {
          const atMs = clock.wall();
          insertAct(write, sealing, {
            subject,
            id,
            version,
            act: 'approved',
            atMs,
            by: call.person.id,
            reason: null,
          });
          return ok({});
        }),
      );
    },

    'knowledge.withdraw': ({ subject, id, version, reason }, call) => {
      if (newestVersion(subject, id) === null) return refused('not-found', { what: subject });
      return told(
        call.commit(id, { subject, version }, (write) => {
          const atMs = clock.wall();
          insertAct(write, sealing, {
            subject,
            id,
            version,
            act: 'withdrawn',
            atMs,
            by: call.person.id,
            reason,
          });
          return ok({});
        }),
      );
    },
  };
}

export function knowledgeQueries(
  ports: KnowledgeHandlerPorts,
): Pick<QueryHandlers, 'knowledge.search' | 'knowledge.card' | 'knowledge.guidelines'> {
  const { knowledge } = ports;
  const now = (): string => isoTime(ports.clock.wall());
  const nameOf = (id: string): string => ports.people().find((person) => person.id === id)?.name ?? id;
  const decided = (decision: Decision | null) =>
    decision === null
      ? null
      : { at: isoTime(decision.atMs), by: nameOf(decision.by), reason: decision.reason };

  const lineOf = (language: LanguageCode, { card, standing, approved }: StandingCard): CardLine => {
    const hindi = language === 'hi' ? card.hindi : null;
    return {
      id: card.id,
      version: card.version,
      title: hindi?.title ?? card.title,
      text: hindi?.text ?? card.text,
      topic: card.topic,
      language: hindi === null ? 'en' : 'hi',
      ofGuideline: card.guidelineId !== null,
      standing,
      reviewDue: card.reviewDue,
      overdue: isOverdue(card.reviewDue, now()),
      approved: approved !== null,
    };
  };

  return {
    'knowledge.search': async ({ question, language }) => {
      const { hits, cards: searched, embedder } = await knowledge.search(question, { most: MOST_HITS });
      const all = knowledge.cards();
      if (question.trim() === '')
        return ok({
          cards: all.filter(({ standing }) => standing !== 'replaced').map((one) => lineOf(language, one)),
          searched,
          embedder,
        });
      const standingOf = new Map(all.map((one) => [one.card, one]));
      const found = hits.flatMap(({ card }) => standingOf.get(card) ?? []);
      return ok({ cards: found.map((one) => lineOf(language, one)), searched, embedder });
    },

    'knowledge.card': ({ id, version }) => {
      const versions = knowledge.cards().filter(({ card }) => card.id === id);
      const found = versions.find(({ card }) => card.version === version);
      if (found === undefined) return refused('not-found', { what: 'card' });
      const { card, standing, approved, withdrawn } = found;
      const parent = knowledge
        .guidelines()
        .find(({ guideline }) => guideline.id === card.guidelineId && guideline.version === card.version);
      const { title, text, hindi, topic, sources, reviewed, reviewDue } = card;
      return ok({
        id,
        version,
        title,
        text,
        hindi,
        topic,
        guideline: parent === undefined ? null : { id: parent.guideline.id, title: parent.guideline.title },
        sources: [...sources],
        reviewed,
        reviewDue,
        overdue: isOverdue(reviewDue, now()),
        standing,
        approved: decided(approved),
        withdrawn: decided(withdrawn),
        versions: versions.map((one) => one.card.version),
      });
    },

    'knowledge.guidelines': () =>
      ok(
        knowledge.guidelines().map(({ guideline, standing, approved, withdrawn }) => {
          const { savedMs, savedBy, reviewDue, ...told } = guideline;
          return {
            ...told,
            reviewDue,
            overdue: isOverdue(reviewDue, now()),
            cards: knowledge
              .cards()
              .filter(({ card }) => card.guidelineId === guideline.id && card.version === guideline.version)
              .length,
            savedAt: isoTime(savedMs),
            savedBy: nameOf(savedBy),
            standing,
            approved: decided(approved),
            withdrawn: decided(withdrawn),
          };
        }),
      ),
  };
}
