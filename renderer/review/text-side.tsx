/** One text with the mark of each sentence; the sentence that E would put right has a frame. */
import { Panel, SentenceRow } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import type { ReviewItem } from './case-head.tsx';

export type TextSide = ReviewItem['sides'][number];

export interface TextPanelProps {
  readonly side: TextSide;
  readonly title: string;
  readonly language: ReviewItem['language'];
  /** Place of the sentence that is looked at; null: none of this text. */
  readonly selected: number | null;
}

export function TextPanel({ side, title, language: written, selected }: TextPanelProps) {
  const { words, language } = useWords();
  return (
    <Panel title={title} note={words.review.hidden} className="review-text">
      <ol lang={written}>
        {side.sentences.map((sentence, place) => (
          // How sure the model was would tell which model it was, and colour the answer.
          <SentenceRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence keeps its place
            key={place}
            index={place + 1}
            sentence={{ ...sentence, probability: null }}
            showParts
            selected={place === selected}
            language={language}
          />
        ))}
      </ol>
    </Panel>
  );
}
