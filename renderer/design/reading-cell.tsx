/** One reading, which is current, stale or missing and looks it: its value, its age and its points. */
import type { ReactNode } from 'react';
import { codeWords, formatAge, formatTime, type LanguageCode } from '../../app/language/language.ts';
import type { ObservedValue, Reading } from '../../app/observation/reading.ts';
import { IconClock, IconCuff, IconPen, IconWave } from './icons.tsx';
import { type Points, PointsChip } from './score.tsx';
import './reading-cell.css';

export interface ReadingCellProps {
  readonly label: ReactNode;
  readonly reading: Reading;
  readonly format: (value: ObservedValue['value']) => string;
  /** Left out: this vital does not score. Null: it scores, and nobody knows what. */
  readonly points?: Points | undefined;
  /** `performance.now()` of this picture; gives a missing value the time since it was last seen. */
  readonly now: number;
  readonly size: 'large' | 'compact' | 'bed';
  readonly unit?: string | undefined;
  readonly language: LanguageCode;
}

export function ReadingCell({ label, reading, format, points, now, size, unit, language }: ReadingCellProps) {
  const words = codeWords(language).reading;
  const missing = reading.state === 'missing';
  const age = ageOf(reading, now, language);
  const observed = missing ? null : reading.observed;
  // A compact cell tells an age only where it matters: there the value is not current.
  const showsAge = size === 'bed' || size === 'large' || (size === 'compact' && reading.state === 'stale');
  return (
    <div className={`reading reading-${size} reading-${reading.state}`}>
      <span className="reading-label">
        <span>{label}</span>
        {size === 'bed' && unit !== undefined && <small>{unit}</small>}
      </span>
      <span className="reading-value num">
        {observed === null ? '—' : format(observed.value)}
        {size === 'large' && unit !== undefined && observed !== null && <small>{unit}</small>}
        {observed?.ambiguous === true && (
          <abbr title={words.sourcesDisagree} className="reading-disagree">
            ≠
          </abbr>
        )}
        {reading.state !== 'current' && (
          <span className="only-heard">{reading.state === 'stale' ? words.stale : words.missing}</span>
        )}
        {(reading.state === 'missing' ? reading.reason === 'unavailable' : reading.unavailable === true) && (
          <small className="reading-unavailable">{words.unavailable}</small>
        )}
      </span>
      {showsAge && size !== 'compact' && (
        <span className="reading-age num">
          <SourceGlyph reading={reading} />
          {age}
        </span>
      )}
      {points !== undefined && <PointsMark points={missing ? null : points} quiet={size === 'compact'} />}
    </div>
  );
}

/** In a compact tile a zero is a dot: the row of points must show at a glance where points are. */
function PointsMark({ points, quiet }: { readonly points: Points; readonly quiet: boolean }) {
  return (
    <span className="reading-points">
      {quiet && points === 0 ? <span className="points points-0">·</span> : <PointsChip points={points} />}
    </span>
  );
}

function SourceGlyph({ reading }: { readonly reading: Reading }) {
  if (reading.state === 'stale') return <IconClock size={14} />;
  if (reading.state === 'missing') return null;
  const { kind, mode } = reading.observed.source;
  if (kind === 'hand') return <IconPen size={13} />;
  if (mode === 'cuff') return <IconCuff size={14} />;
  // A monitor that sends single sets is still a monitor; a stream needs no glyph, its age runs.
  return mode === 'charted' ? <IconWave size={14} /> : null;
}

/** A stream tells its age, a single measurement its time of day; whatever is not current tells its age. */
function ageOf(reading: Reading, now: number, language: LanguageCode): string {
  if (reading.state === 'missing') {
    if (reading.lastObservedAt === null) return '';
    return formatAge(language, performance.timeOrigin + now - Date.parse(reading.lastObservedAt));
  }
  const { observed, ageMs, state } = reading;
  if (state === 'current' && observed.source.mode !== 'streamed')
    return formatTime(language, observed.observedAt);
  return formatAge(language, ageMs);
}
