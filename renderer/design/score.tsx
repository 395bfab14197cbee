/** A NEWS2 score, the points of one parameter, and the mark of a priority. */
import { codeWords, type LanguageCode } from '../../app/language/language.ts';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL } from '../../app/scoring/news2.ts';
import { isApplicable, type Score } from '../../app/scoring/score.ts';
import { IconCheck, IconClock } from './icons.tsx';
import { type Priority, PriorityShape, STARS } from './priority.tsx';
import './score.css';

/** How a score looks: a priority, no risk, too little known to tell, or no score at all. */
export type Look = Priority | 'none' | 'not-applicable';

/** The look of a score. A lower bound looks like the risk that is already certain, never like low. */
export function lookOf(score: Score): Look {
  if (!isApplicable(score)) return 'not-applicable';
  if (score.complete) {
    if (score.risk === 'high' || score.risk === 'medium') return score.risk;
    return score.risk === 'low-medium' ? 'low' : 'none';
  }
  if (score.min_total >= NEWS2_HIGH_TOTAL) return 'high';
  if (score.min_total >= NEWS2_MEDIUM_TOTAL) return 'medium';
  return score.red_parameters.length > 0 ? 'low' : 'technical';
}

export interface News2BlockProps {
  readonly score: Score;
  readonly size: 'large' | 'compact' | 'bed';
  /** True where a value that the score rests on is stale. */
  readonly stale?: boolean;
  readonly language: LanguageCode;
}

export function News2Block({ score, size, stale = false, language }: News2BlockProps) {
  const look = lookOf(score);
  const complete = isApplicable(score) && score.complete;
  const { number, word } = textOf(score, look, stale, language);
  const stars = look === 'none' || look === 'not-applicable' ? '' : STARS[look];
  return (
    <div
      className={`news2 news2-${size} news2-${look} ${complete ? '' : 'news2-incomplete'}`}
      role="img"
      aria-label={`NEWS2 ${number} ${word}`}
    >
      <b className="num">{number}</b>
      <span>
        {stale && complete ? (
          <IconClock size={14} />
        ) : (
          look !== 'not-applicable' && <PriorityShape priority={look} size={13} />
        )}
        {word}
        {stars !== '' && <i className="stars">{stars}</i>}
      </span>
    </div>
  );
}

function textOf(score: Score, look: Look, stale: boolean, language: LanguageCode) {
  const words = codeWords(language);
  if (!isApplicable(score)) return { number: '—', word: words.score.noScore };
  if (!score.complete) return { number: `≥${score.min_total}`, word: words.score.incomplete };
  const word = look === 'low' ? words.score.threeInOne : words.risks[score.risk];
  return { number: String(score.total), word: stale ? `${word}, ${words.score.stale}` : word };
}

export type Points = 0 | 1 | 2 | 3 | null;

/** The digit is always printed; null is "?", for a parameter that is missing. */
export function PointsChip({ points }: { readonly points: Points }) {
  return <span className={`points points-${points ?? 'unknown'} num`}>{points ?? '?'}</span>;
}

export interface StatusMarkProps {
  readonly priority: Priority;
  readonly label: string;
  /** Somebody has it: tinted and checked in place of solid. */
  readonly owned?: boolean;
}

export function StatusMark({ priority, label, owned = false }: StatusMarkProps) {
  return (
    <span className={`status status-${priority} ${owned ? 'status-owned' : ''}`}>
      <PriorityShape priority={priority} size={15} />
      {label}
      {STARS[priority] !== '' && <i className="stars">{STARS[priority]}</i>}
      {owned && <IconCheck size={15} />}
    </span>
  );
}
