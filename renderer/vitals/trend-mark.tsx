/** An arrow for the trend of a number: its direction, and over which time. A steady number has a level mark. */
import type { TrendView } from '../../app/contract/signal-views.ts';
import type { ScreenWords } from '../../app/language/language.ts';
import { IconDown, IconLevel, IconUp } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import './trend-mark.css';

export interface TrendMarkProps {
  readonly trend: TrendView | undefined;
  /** Writes the window beside the arrow; without it the window is in the name only. */
  readonly withWindow: boolean;
}

const ICONS = { rising: IconUp, falling: IconDown, steady: IconLevel };
const HOUR_MS = 3_600_000;

/** Nothing where fewer than three readings tell a trend. */
export function TrendMark({ trend, withWindow }: TrendMarkProps) {
  const { words } = useWords();
  if (trend?.state !== 'known') return null;
  const Icon = ICONS[trend.direction];
  const text = trendText(trend, words);
  return (
    <span className={`trend-mark trend-${trend.direction} num`} title={text}>
      <Icon size={13} />
      <span className="only-heard">{text}</span>
      {withWindow && <small aria-hidden="true">{words.basis.hours(hoursOf(trend))}</small>}
    </span>
  );
}

/** The trend in words: direction, size, window, readings and gaps. */
export function trendText(trend: TrendView & { state: 'known' }, words: ScreenWords): string {
  const { direction, perHour, readings, gaps } = trend;
  const size = Math.abs(perHour);
  const told = words.basis.trend[direction](
    size >= 10 ? size.toFixed(0) : size.toFixed(1),
    hoursOf(trend),
    readings,
  );
  return gaps.length === 0 ? told : `${told}, ${words.basis.trendGaps(gaps.length)}`;
}

function hoursOf({ windowMs }: TrendView): string {
  return String(Math.round((windowMs / HOUR_MS) * 10) / 10);
}
