/** One sentence of an explanation with its own mark: verified, approved, withheld, or being written. */

import type { SentenceView } from '../../app/contract/views.ts';
import { type LanguageCode, type ScreenWords, screenWords } from '../../app/language/language.ts';
import { IconChecking, IconShield, IconShieldHeld } from './icons.tsx';
import { WithSubscripts } from './subscripts.tsx';
import './sentence-row.css';

export interface SentenceRowProps {
  /** From 1, as it is printed. */
  readonly index: number;
  /** Null while it is written: a bar stands where it will be, and no unverified word can be read. */
  readonly sentence: SentenceView | null;
  /** Marks which words are by code and which by the model. */
  readonly showParts: boolean;
  readonly language: LanguageCode;
  /** Framed: the one that a key would act on. */
  readonly selected?: boolean;
  /** Where citations lead; left out: they lead nowhere here. */
  readonly cites?: readonly Citation[];
}

export interface Citation {
  /** `p1`, as the sentence has it. */
  readonly id: string;
  readonly title: string;
  readonly onOpen: () => void;
}

export function SentenceRow({
  index,
  sentence,
  showParts,
  language,
  selected = false,
  cites = [],
}: SentenceRowProps) {
  const words = screenWords(language).alert;
  const replaced = sentence?.verdict === 'withheld' && sentence.source === 'approved';
  const state = sentence === null ? 'writing' : replaced ? 'approved' : sentence.verdict;
  return (
    <li className={`sentence sentence-${state} ${selected ? 'sentence-selected' : ''}`}>
      <span className="sentence-index num">{index}</span>
      <div className="sentence-text">
        {textOf(sentence, showParts, words)}
        {sentence?.verdict === 'shown' && <CitationMarks citations={sentence.citations} cites={cites} />}
        {replaced && (
          <small className="sentence-why">{words.replaced(withheldReason(sentence, words))}</small>
        )}
      </div>
      <span className="sentence-mark">
        {markOf(sentence)}
        {markWord(sentence, words)}
        {sentence?.verdict === 'shown' && sentence.probability !== null && (
          <span className="sentence-probability num" title={words.probability}>
            {Math.round(sentence.probability * 100)} %<span className="only-heard">{words.probability}</span>
          </span>
        )}
      </span>
    </li>
  );
}

function textOf(sentence: SentenceView | null, showParts: boolean, words: ScreenWords['alert']) {
  if (sentence === null) return <span className="sentence-bar" role="img" aria-label={words.checking} />;
  if (sentence.verdict === 'withheld' && sentence.source !== 'approved')
    return words.withheldSentence(withheldReason(sentence, words));
  return (
    <>
      {showParts && sentence.parts.length > 0 ? (
        <Parts parts={sentence.parts} words={words} />
      ) : (
        <WithSubscripts text={withoutMarks(sentence.text)} />
      )}
    </>
  );
}

/** The citation stands as a button behind the sentence. */
function withoutMarks(text: string): string {
  return text.replace(/\s*\[p\d+\]/gu, '');
}

/** The number of a passage, which opens its card: what a reader may look up must be there to be looked up. */
function CitationMarks({
  citations,
  cites,
}: {
  readonly citations: readonly string[];
  readonly cites: readonly Citation[];
}) {
  return citations.map((citation) => {
    const cited = cites.find(({ id }) => id === citation);
    const number = citation.replace(/^p/u, '');
    return cited === undefined ? (
      <cite key={citation} className="sentence-citation num">
        {number}
      </cite>
    ) : (
      <button
        key={citation}
        type="button"
        className="sentence-cite"
        title={cited.title}
        aria-label={cited.title}
        onClick={cited.onOpen}
      >
        <span className="sentence-citation num">{number}</span>
      </button>
    );
  });
}

function withheldReason(sentence: SentenceView, words: ScreenWords['alert']): string {
  const rule = sentence.findings[0]?.rule;
  return rule === undefined ? words.withheldUnknown : words.findings[rule];
}

function Parts({
  parts,
  words,
}: {
  readonly parts: SentenceView['parts'];
  readonly words: ScreenWords['alert'];
}) {
  return parts.map((part, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never move once it is there
      key={index}
      className={`sentence-${part.kind}`}
      title={part.kind === 'hole' ? words.byModel : words.byCode}
    >
      <WithSubscripts text={withoutMarks(part.text)} />
    </span>
  ));
}

function markOf(sentence: SentenceView | null) {
  if (sentence === null) return <IconChecking size={18} />;
  return sentence.verdict === 'withheld' && sentence.source !== 'approved' ? (
    <IconShieldHeld size={18} />
  ) : (
    <IconShield size={18} />
  );
}

function markWord(sentence: SentenceView | null, words: ScreenWords['alert']): string {
  if (sentence === null) return words.checking;
  if (sentence.source === 'approved') return words.approved;
  if (sentence.verdict === 'withheld') return words.withheld;
  return sentence.source === 'rule' ? words.ruleSentence : words.verified;
}
