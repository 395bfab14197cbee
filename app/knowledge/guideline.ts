/**
 * A hospital's own guideline becomes cards: its visible text, cut at headings and sentences into short passages of plain
 * text. What cannot be seen on its pages (invisible characters, comments, hidden runs) is told to whoever looks at the
 * preview and never becomes part of a card; what reads like an instruction to a program is marked for them.
 */
import { MOST_WORDS, wordCount } from './card.ts';

export interface DocumentBlock {
  readonly kind: 'heading' | 'paragraph';
  readonly text: string;
  /** It stands in the file, but nobody sees it on the page. */
  readonly hidden: boolean;
}

export interface DraftCard {
  readonly title: string;
  readonly text: string;
  /** Reads like an instruction to a program and not to a person. */
  readonly suspicious: boolean;
}

export interface GuidelineDraft {
  readonly title: string;
  readonly cards: readonly DraftCard[];
  /** What is hidden in the file, shortened. */
  readonly hidden: readonly string[];
  /** Cards beyond the most that one file may give. */
  readonly left: number;
}

/** Ours: a longer document is several guidelines. */
const MOST_CARDS = 300;
const MOST_HIDDEN = 50;
const LONGEST_TITLE = 80;
const LONGEST_HIDDEN = 200;
/** A passage of fewer words says nothing that could be cited. Ours. */
const LEAST_WORDS = 5;

const INVISIBLE =
  /(?:[\p{Cf}\p{Co}\p{Cn}\p{Cs}\u115f\u1160\u3164\uffa0]|\p{Variation_Selector}|\u034f|\u17b4|\u17b5)+/gu;
/** Joiners are letters' own in Indian scripts: they change a shape and carry no text. */
const JOINERS = /(?<=\p{Script=Devanagari})[\u200c\u200d](?=\p{Script=Devanagari})/gu;
const CONTROL = /[\p{Cc}]+/gu;
const MARKUP = /[<>[\]{}*_`#|\\]+/gu;

const TO_A_PROGRAM =
  /(?:ignore|disregard|forget|override)\W+(?:\w+\W+){0,4}(?:instructions?|rules?|prompts?|above|previous)|(?:system|developer) ?(?:prompt|message|:)|you are now|as an ai|assistant ?:|<\|?(?:im_start|im_end|system|user|assistant)|\[\/?inst\]|###? ?(?:instruction|response)|(?:write|say|output|print|respond|reply) (?:exactly|only|with)|do not (?:tell|mention|show) (?:this|the (?:user|nurse|doctor))|निर्देशों? को (?:अनदेखा|भूल)/iu;

/** Text as it is seen: no invisible or control characters, no markup, one space between words, Latin digits. */
export function visibleText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(JOINERS, '')
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(MARKUP, ' ')
    .replace(/[\u0966-\u096f]/gu, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/(?![0-9])\p{Nd}/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The invisible characters of a text, as code points; letters written with tag characters are spelt out. */
function invisibleIn(text: string): string | null {
  const found = text.replace(JOINERS, '').match(INVISIBLE)?.join('') ?? '';
  if (found === '') return null;
  const points = [...found].map((one) => one.codePointAt(0) ?? 0);
  const spelt = points
    .filter((point) => point >= 0xe0020 && point <= 0xe007e)
    .map((point) => String.fromCodePoint(point - 0xe0000))
    .join('');
  const named = [...new Set(points)].map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
  return `${named.slice(0, 8).join(' ')}${spelt === '' ? '' : `: ${visibleText(spelt)}`}`;
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?।])\s+/u).filter((sentence) => sentence !== '');
}

/** Passages of at most `MOST_WORDS` words, cut between sentences; a sentence that is longer is cut between words. */
function passagesOf(text: string): readonly string[] {
  const pieces = sentencesOf(text).flatMap((sentence) => {
    const words = sentence.split(' ');
    return Array.from({ length: Math.ceil(words.length / MOST_WORDS) }, (_, at) =>
      words.slice(at * MOST_WORDS, (at + 1) * MOST_WORDS).join(' '),
    );
  });
  const passages: string[] = [];
  for (const piece of pieces) {
    const last = passages.at(-1);
    if (last !== undefined && wordCount(`${last} ${piece}`) <= MOST_WORDS)
      passages[passages.length - 1] = `${last} ${piece}`;
    else passages.push(piece);
  }
  return passages.filter((passage) => wordCount(passage) >= LEAST_WORDS);
}

const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** Cuts a document into draft cards. Total: any text gives a draft, if only an empty one. */
export function draftGuideline(blocks: readonly DocumentBlock[], name: string): GuidelineDraft {
  const hidden: string[] = [];
  const hide = (text: string): void => {
    if (hidden.length < MOST_HIDDEN && text !== '') hidden.push(shortened(text, LONGEST_HIDDEN));
  };
  const sections: { title: string; text: string }[] = [];
  for (const block of blocks) {
    const invisible = invisibleIn(block.text);
    if (invisible !== null) hide(invisible);
    const text = visibleText(block.text);
    if (block.hidden) hide(text);
    else if (text === '') continue;
    else if (block.kind === 'heading') sections.push({ title: text, text: '' });
    else {
      const last = sections.at(-1);
      if (last === undefined) sections.push({ title: '', text });
      else last.text = `${last.text} ${text}`.trim();
    }
  }
  const title = shortened(sections.find((section) => section.title !== '')?.title ?? visibleText(name), 120);
  const cards = sections.flatMap((section) => {
    const passages = passagesOf(section.text);
    return passages.map((text, at): DraftCard => {
      const heading = shortened(section.title === '' ? title : section.title, LONGEST_TITLE - 6);
      return {
        title: passages.length === 1 ? heading : `${heading} (${at + 1})`,
        text,
        suspicious: TO_A_PROGRAM.test(section.title) || TO_A_PROGRAM.test(text),
      };
    });
  });
  return { title, cards: cards.slice(0, MOST_CARDS), hidden, left: Math.max(0, cards.length - MOST_CARDS) };
}

/** Markdown as blocks: headings, and paragraphs without their marks; comments and raw HTML tags are hidden text. */
export function markdownBlocks(markdown: string): readonly DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  const paragraph = (text: string): void => {
    // Where a link leads and what an image is called nobody sees on the page.
    for (const link of text.matchAll(/!?\[[^\]\n]{0,500}\]\((?<target>[^)\n]{0,500})\)/gu)) {
      const target = link.groups?.target ?? '';
      if (/\s/u.test(target.trim())) blocks.push({ kind: 'paragraph', text: target, hidden: true });
    }
    const seen = text
      .replace(/!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)/gu, ' ')
      .replace(/\[(?<label>[^\]\n]{0,500})\]\([^)\n]{0,500}\)/gu, '$<label>')
      .replace(/<\/?[a-z][^>\n]{0,500}>/giu, ' ');
    blocks.push({ kind: 'paragraph', text: seen, hidden: false });
  };
  const visible = markdown.replace(/<!--[\s\S]*?(?:-->|$)/gu, (comment) => {
    blocks.push({ kind: 'paragraph', text: comment.replace(/^<!--|-->$/gu, ''), hidden: true });
    return ' ';
  });
  for (const part of visible.split(/\n\s*\n/u)) {
    const lines: string[] = [];
    for (const line of part.split('\n')) {
      const heading = /^\s{0,3}#{1,6}\s+(?<text>.+?)\s*#*$/u.exec(line)?.groups?.text;
      if (heading === undefined) {
        // A link's definition is not seen.
        if (/^\s{0,3}\[[^\]]{1,200}\]:/u.test(line))
          blocks.push({ kind: 'paragraph', text: line, hidden: true });
        else lines.push(line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/u, ''));
      } else {
        if (lines.join('').trim() !== '') paragraph(lines.splice(0).join(' '));
        blocks.push({ kind: 'heading', text: heading, hidden: false });
      }
    }
    if (lines.join('').trim() !== '') paragraph(lines.join(' '));
  }
  return blocks;
}
