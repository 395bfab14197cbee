/** What a person says of an item: how helpful and how accurate, or which of two. It is saved with the last answer. */
import { type ReactNode, useState } from 'react';
import { PAIR_CHOICES, type PairChoice } from '../../app/review/pairs.ts';
import { ACCURACIES, type Accuracy } from '../../app/review/review.ts';
import { Button, Choice, Field } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { useReviewKeys } from './review-keys.ts';

const STEPS = ['1', '2', '3', '4', '5'] as const;
const ACCURACY_KEYS: Readonly<Record<Accuracy, string>> = { accurate: 'A', inaccurate: 'I', unsure: 'S' };
const CHOICE_KEYS: Readonly<Record<PairChoice, readonly [key: string, printed: string]>> = {
  left: ['arrowleft', '←'],
  right: ['arrowright', '→'],
  same: ['s', 'S'],
  neither: ['x', 'X'],
};
const COMMENT_MOST = 2000;

export interface Rated {
  readonly helpfulness: number;
  readonly accuracy: Accuracy;
  readonly comment: string;
}

interface AnswerFormProps {
  /** Something is being sent, or a sentence is being put right: nothing is answered meanwhile. */
  readonly busy: boolean;
  /** What else can be done with the item, beside the answers. */
  readonly children: ReactNode;
}

export function RateForm({
  busy,
  children,
  onRated,
}: AnswerFormProps & { readonly onRated: (rated: Rated) => void }) {
  const { words } = useWords();
  const told = words.review;
  const [helpful, setHelpful] = useState<(typeof STEPS)[number] | null>(null);
  const [accuracy, setAccuracy] = useState<Accuracy | null>(null);
  const [comment, setComment] = useState('');
  const [commenting, setCommenting] = useState(false);
  const answered = (step: (typeof STEPS)[number] | null, accurate: Accuracy | null) => {
    if (busy) return;
    setHelpful(step);
    setAccuracy(accurate);
    if (step !== null && accurate !== null)
      onRated({ helpfulness: Number(step), accuracy: accurate, comment });
  };
  useReviewKeys({
    ...Object.fromEntries(STEPS.map((step) => [step, () => answered(step, accuracy)])),
    ...Object.fromEntries(
      ACCURACIES.map((one) => [ACCURACY_KEYS[one].toLowerCase(), () => answered(helpful, one)]),
    ),
    c: () => setCommenting(true),
  });
  return (
    <section className="panel review-answer" aria-label={told.title}>
      <div className="review-questions">
        <div>
          <h3>{told.helpful}</h3>
          <Choice
            label={told.helpful}
            value={helpful}
            options={STEPS.map((step) => ({ value: step, label: step }))}
            onChange={(step) => answered(step, accuracy)}
          />
        </div>
        <div>
          <h3>{told.accurate}</h3>
          <Choice
            label={told.accurate}
            value={accuracy}
            options={ACCURACIES.map((one) => ({
              value: one,
              label: (
                <>
                  {told.accuracy[one]} <kbd className="key-hint">{ACCURACY_KEYS[one]}</kbd>
                </>
              ),
            }))}
            onChange={(one) => answered(helpful, one)}
          />
        </div>
      </div>
      {commenting && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc lead back to the keys
        <div
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            if (event.target instanceof HTMLElement) event.target.blur();
          }}
        >
          <Field
            label={told.comment}
            hint={told.commentHint}
            value={comment}
            maxLength={COMMENT_MOST}
            autoFocus
            onChange={setComment}
          />
        </div>
      )}
      <div className="review-row">
        {children}
        {!commenting && (
          <Button shortcut="C" onPress={() => setCommenting(true)}>
            {told.addComment}
          </Button>
        )}
      </div>
    </section>
  );
}

export function ChooseForm({
  busy,
  children,
  onChosen,
}: AnswerFormProps & { readonly onChosen: (choice: PairChoice) => void }) {
  const { words } = useWords();
  const told = words.review;
  const choose = (choice: PairChoice) => {
    if (!busy) onChosen(choice);
  };
  useReviewKeys(
    Object.fromEntries(PAIR_CHOICES.map((choice) => [CHOICE_KEYS[choice][0], () => choose(choice)])),
  );
  return (
    <section className="panel review-answer" aria-label={told.title}>
      <h3>{told.choose}</h3>
      <div className="review-choices">
        {PAIR_CHOICES.map((choice) => (
          <Button
            key={choice}
            isDisabled={busy}
            shortcut={CHOICE_KEYS[choice][1]}
            onPress={() => choose(choice)}
          >
            {told.choices[choice]}
          </Button>
        ))}
      </div>
      <div className="review-row">{children}</div>
    </section>
  );
}
