/** Rating of an explanation: helpful 1 to 5, accurate or not, and a comment. Stored on this workstation. */
import { useEffect, useState } from 'react';
import { mayDo } from '../../app/access/access.ts';
import type { AppError } from '../../app/contract/outcome.ts';
import type { ExplanationView, Rating, RatingView } from '../../app/contract/views.ts';
import { errorText, formatTime } from '../../app/language/language.ts';
import { Button, Choice, Field, Panel } from '../design/index.ts';
import { core, useOnLeaving, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import './rate-panel.css';

const STEPS = ['1', '2', '3', '4', '5'] as const;
type Step = (typeof STEPS)[number];
/** The contract takes 8192 characters; the store takes 8 KiB. */
const COMMENT_MOST = 4096;

export interface RatePanelProps {
  readonly explanation: ExplanationView;
  /** What the signed-in person saved before. */
  readonly saved: RatingView | null;
  readonly onSaved: (rating: RatingView) => void;
}

export function RatePanel({ explanation, saved, onSaved }: RatePanelProps) {
  const { words, language } = useWords();
  const person = useWard((state) => state.session.person);
  const requireSignIn = useRequireSignIn();
  const [helpful, setHelpful] = useState<Step | null>(null);
  const [accuracy, setAccuracy] = useState<Rating['accuracy'] | null>(null);
  const [comment, setComment] = useState('');
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);

  useOnLeaving(() => {
    setHelpful(null);
    setAccuracy(null);
    setComment('');
    setError(null);
  });

  useEffect(() => {
    if (saved === null) return;
    setHelpful(STEPS.find((step) => Number(step) === saved.helpfulness) ?? null);
    setAccuracy(saved.accuracy);
    setComment(saved.comment);
  }, [saved]);

  async function save(helpfulness: number, chosen: Rating['accuracy']): Promise<void> {
    setBusy(true);
    const answer = await core.command('rating.save', {
      explanationId: explanation.id,
      helpfulness,
      accuracy: chosen,
      comment,
    });
    setBusy(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) onSaved(answer.value);
  }

  const permitted = person === null || mayDo(person.role, 'rate-explanations');
  const complete = helpful !== null && accuracy !== null;
  const reason = permitted
    ? words.alert.ratingIncomplete
    : errorText(language, { code: 'not-permitted', parameters: {} });
  return (
    <Panel title={words.alert.ratePanel} note={words.alert.rateNote} className="rate">
      <h3>{words.alert.helpful}</h3>
      <Choice
        label={words.alert.helpful}
        value={helpful}
        options={STEPS.map((step) => ({ value: step, label: step }))}
        onChange={setHelpful}
      />
      <div className="rate-ends">
        <span>{words.alert.notAtAll}</span>
        <span>{words.alert.very}</span>
      </div>
      <h3>{words.alert.accurateQuestion}</h3>
      <Choice
        label={words.alert.accurateQuestion}
        value={accuracy}
        options={[
          { value: 'accurate', label: words.alert.accurate },
          { value: 'inaccurate', label: words.alert.inaccurate },
          { value: 'unsure', label: words.alert.unsure },
        ]}
        onChange={setAccuracy}
      />
      <Field
        label={words.alert.comment}
        value={comment}
        onChange={setComment}
        multiline
        maxLength={COMMENT_MOST}
        hint={words.alert.commentHint}
      />
      <Button
        variant="primary"
        isDisabled={!complete || !permitted || busy}
        disabledReason={reason}
        onPress={() => {
          if (helpful !== null && accuracy !== null)
            requireSignIn(() => void save(Number(helpful), accuracy));
        }}
      >
        {words.alert.saveRating}
      </Button>
      <p className="rate-said" role="status">
        {error !== null
          ? errorText(language, error)
          : saved !== null
            ? words.alert.ratingSaved(formatTime(language, saved.at))
            : ''}
      </p>
    </Panel>
  );
}
