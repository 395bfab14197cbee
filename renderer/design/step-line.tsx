/** The score over the last hours as steps, with lines at the totals that ask for a response. */
import { useId } from 'react';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL } from '../../app/scoring/news2.ts';
import './step-line.css';

export interface StepLineProps {
  /** Oldest first. An incomplete score is a lower bound and is drawn dashed. */
  readonly history: readonly { readonly at: string; readonly total: number; readonly complete: boolean }[];
  readonly width?: number;
  readonly height?: number;
}

/** The window of the line, milliseconds: 12 hours. A short stay fills only its own part of it. */
const WINDOW_MS = 12 * 60 * 60 * 1000;
/** The least total that the scale reaches, so that a quiet line lies low. Ours. */
const LEAST_TOP = 12;
/** Pixels kept for the numbers of the lines on the right and for the dot above and below. */
const RIGHT = 22;
const MARGIN = 5;

export function StepLine({ history, width = 250, height = 72 }: StepLineProps) {
  const id = useId();
  const last = history.at(-1);
  const end = last === undefined ? 0 : Date.parse(last.at);
  const top = Math.max(LEAST_TOP, ...history.map(({ total }) => total));
  const right = width - RIGHT;
  const x = (at: string): number => {
    const before = Math.min(WINDOW_MS, Math.max(0, end - Date.parse(at)));
    return right - (before / WINDOW_MS) * (right - MARGIN);
  };
  const y = (total: number): number => height - MARGIN - (total / top) * (height - 2 * MARGIN);
  const numberGap = Math.max(0, 12 - (y(NEWS2_MEDIUM_TOTAL) - y(NEWS2_HIGH_TOTAL)));
  return (
    <svg
      className="step-line num"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>
        {history.map(({ total, complete }) => (complete ? total : `≥${total}`)).join(', ')}
      </title>
      {[NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL].map((total, index) => (
        <g key={total}>
          <path className="step-limit" d={`M${MARGIN} ${y(total)}H${right}`} />
          <text x={width - 2} y={y(total) + 4 + (index === 0 ? -numberGap / 2 : numberGap / 2)}>
            {total}
          </text>
        </g>
      ))}
      {history.map((point, index) => {
        const next = history[index + 1];
        if (next === undefined) return null;
        return (
          <path
            key={point.at}
            className={point.complete ? 'step' : 'step step-bound'}
            d={`M${x(point.at)} ${y(point.total)}H${x(next.at)}V${y(next.total)}`}
          />
        );
      })}
      {last !== undefined && (
        <circle
          className={last.complete ? 'step-now' : 'step-now step-now-bound'}
          cx={right}
          cy={y(last.total)}
          r="4"
        />
      )}
    </svg>
  );
}
