/**
 * A file of cards, in Markdown, so that a clinician can read and change it in a review as it stands. One card:
 *
 *     ## Fast breathing
 *     - id: rr-high
 *     - answers: rr high, pattern breathing
 *     - words: tachypnoea, panting
 *     - sources: rcp-news2-2017
 *     - reviewed: 2026-11
 *     - version: 1
 *
 *     The passage, over as many lines as it takes.
 *
 *     ### The title in Hindi
 *     The passage in Hindi.
 *
 * What stands before the first card is for readers of the file only. A card that breaks a rule is a fault with its
 * line, never half a card.
 */
import { type Card, cardSchema } from './card.ts';

/** What is wrong, and where. `line` counts from 1; 0 where it is about a whole file. */
export interface KnowledgeFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface CardsFileReading {
  readonly cards: readonly Card[];
  readonly faults: readonly KnowledgeFault[];
}

const CARD = /^## (?<title>.+)$/u;
const HINDI = /^### (?<title>.+)$/u;
const FIELD = /^- (?<name>[a-z]+):(?<value>.*)$/u;
const LISTS: ReadonlySet<string> = new Set(['answers', 'words', 'sources']);
const FIELDS: ReadonlySet<string> = new Set([...LISTS, 'id', 'reviewed', 'version']);

/** A card as it is being read: everything still text. */
interface Draft {
  readonly line: number;
  readonly title: string;
  readonly fields: Map<string, string>;
  readonly text: string[];
  hindi: { readonly title: string; readonly text: string[] } | null;
}

function items(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function cardOf(topic: string, draft: Draft): ReturnType<typeof cardSchema.safeParse> {
  const { title, fields, text, hindi } = draft;
  return cardSchema.safeParse({
    words: [],
    ...Object.fromEntries(
      [...fields].map(([name, value]) => [name, LISTS.has(name) ? items(value) : value.trim()]),
    ),
    topic,
    title,
    text: text.join(' '),
    hindi: hindi === null ? null : { title: hindi.title, text: hindi.text.join(' ') },
  });
}

/** Reads one line into the draft; returns what is wrong with it, or null. */
function take(line: string, draft: Draft): string | null {
  const trimmed = line.trim();
  if (trimmed === '') return null;
  const hindi = HINDI.exec(line)?.groups?.title;
  if (hindi !== undefined) {
    if (draft.hindi !== null) return 'A card has one Hindi text.';
    draft.hindi = { title: hindi, text: [] };
    return null;
  }
  const field = FIELD.exec(line)?.groups;
  if (field?.name !== undefined && field.value !== undefined) {
    if (!FIELDS.has(field.name)) return `Unknown field: ${field.name}.`;
    if (draft.fields.has(field.name)) return `The field stands twice: ${field.name}.`;
    if (draft.text.length > 0) return 'Fields stand before the text.';
    draft.fields.set(field.name, field.value);
    return null;
  }
  (draft.hindi ?? draft).text.push(trimmed);
  return null;
}

/** Reads the Markdown of one topic. Cards that keep the rules are returned even where others do not. */
export function readCardsFile(topic: string, markdown: string): CardsFileReading {
  const cards: Card[] = [];
  const faults: KnowledgeFault[] = [];
  const drafts: Draft[] = [];
  const fault = (line: number, message: string) => faults.push({ file: topic, line, message });
  for (const [index, line] of markdown.split(/\r?\n/u).entries()) {
    const title = CARD.exec(line)?.groups?.title;
    const draft = drafts.at(-1);
    if (title !== undefined)
      drafts.push({ line: index + 1, title, fields: new Map(), text: [], hindi: null });
    else if (draft !== undefined) {
      const wrong = take(line, draft);
      if (wrong !== null) fault(index + 1, wrong);
    }
  }
  for (const draft of drafts) {
    const read = cardOf(topic, draft);
    if (read.success) cards.push(read.data);
    else
      for (const { path, message } of read.error.issues)
        fault(draft.line, `${path.join('.') || 'card'}: ${message}`);
  }
  return { cards, faults };
}
