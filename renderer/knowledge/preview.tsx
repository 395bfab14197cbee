/** What a file gives, before anything is saved: every card, what reads like an instruction, and what is hidden. */
import { useState } from 'react';
import type { GuidelinePreview, GuidelineView } from '../../app/contract/calls/knowledge.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Field, Tag } from '../design/index.ts';
import { core, useWords } from '../shell/index.ts';

export interface PreviewProps {
  readonly preview: GuidelinePreview;
  readonly known: readonly GuidelineView[];
  readonly onDiscard: () => void;
  readonly onSaved: () => void;
}

/** A guideline is looked at again after two years, unless somebody says otherwise. Ours. */
const REVIEW_YEARS = 2;

export function Preview({ preview, known, onDiscard, onSaved }: PreviewProps) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const now = new Date();
  const [title, setTitle] = useState(preview.title);
  const [organisation, setOrganisation] = useState('');
  const [year, setYear] = useState(String(now.getFullYear()));
  const [reviewDue, setReviewDue] = useState(
    `${now.getFullYear() + REVIEW_YEARS}-${String(now.getMonth() + 1).padStart(2, '0')}`,
  );
  const [guidelineId, setGuidelineId] = useState('');
  const [left, setLeft] = useState<ReadonlySet<number>>(
    new Set(preview.cards.flatMap(({ suspicious }, place) => (suspicious ? [place] : []))),
  );
  const [said, setSaid] = useState<string | null>(null);
  const newest = [...new Map(known.map((one) => [one.id, one])).values()];

  const save = async (): Promise<void> => {
    const answer = await core.command('knowledge.save', {
      uploadId: preview.uploadId,
      guidelineId: guidelineId === '' ? null : guidelineId,
      title,
      organisation,
      year: Number(year),
      reviewDue,
      leaveOut: [...left],
    });
    if (answer.ok) onSaved();
    else setSaid(errorText(language, answer.error));
  };
  const toggle = (place: number): void => {
    const next = new Set(left);
    if (!next.delete(place)) next.add(place);
    setLeft(next);
  };
  const ready =
    title.trim() !== '' &&
    organisation.trim() !== '' &&
    /^\d{4}$/u.test(year) &&
    /^20\d\d-\d\d$/u.test(reviewDue) &&
    left.size < preview.cards.length;

  return (
    <section className="knowledge-preview" aria-label={knowledge.preview}>
      {preview.hidden.length > 0 && (
        <div className="knowledge-hidden" role="alert">
          <b>{knowledge.hidden}</b>
          <p>{knowledge.hiddenNote}</p>
          <ul>
            {preview.hidden.map((text, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <li key={place} className="mono">
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="knowledge-form">
        <Field label={knowledge.name} value={title} maxLength={200} onChange={setTitle} />
        <Field label={knowledge.published} value={organisation} maxLength={200} onChange={setOrganisation} />
        <Field label={knowledge.year} value={year} maxLength={4} onChange={setYear} />
        <Field
          label={knowledge.review}
          hint={knowledge.monthHint}
          value={reviewDue}
          maxLength={7}
          onChange={setReviewDue}
        />
        {newest.length > 0 && (
          <div className="field">
            <label htmlFor="knowledge-next">{knowledge.isNextOf}</label>
            <select
              id="knowledge-next"
              className="field-input"
              value={guidelineId}
              onChange={({ currentTarget }) => setGuidelineId(currentTarget.value)}
            >
              <option value="">{knowledge.newGuideline}</option>
              {newest.map((one) => (
                <option key={one.id} value={one.id}>
                  {knowledge.nextVersionOf(one.title)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <h3>
        {knowledge.preview}{' '}
        <span className="num">{knowledge.previewNote(preview.cards.length - left.size)}</span>
      </h3>
      {preview.left > 0 && <p role="alert">{knowledge.left(preview.left)}</p>}
      <ul className="knowledge-cards knowledge-drafts">
        {preview.cards.map((card, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a card keeps its place in the file
          <li key={place} data-left={left.has(place)}>
            <label className="knowledge-include">
              <input type="checkbox" checked={!left.has(place)} onChange={() => toggle(place)} />
              <b>{card.title}</b>
              {card.suspicious && <Tag tone="tech">{knowledge.suspicious}</Tag>}
            </label>
            <p>{card.text}</p>
            {card.suspicious && <p className="knowledge-note">{knowledge.suspiciousNote}</p>}
          </li>
        ))}
      </ul>
      {said !== null && <p role="alert">{said}</p>}
      <div className="knowledge-actions">
        <Button variant="primary" isDisabled={!ready} onPress={() => void save()}>
          {knowledge.save}
        </Button>
        <Button variant="ghost" onPress={onDiscard}>
          {knowledge.discard}
        </Button>
      </div>
    </section>
  );
}
