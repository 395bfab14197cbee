/** Lines over time, with the targets that they are held against. The figures stand in the tables beside them. */
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { formatDate, formatTime, type LanguageCode } from '../../app/language/language.ts';
import { useWords } from '../shell/index.ts';
import 'uplot/dist/uPlot.min.css';

export interface LinesProps {
  readonly label: string;
  readonly unit: string;
  readonly note?: string;
  /** ISO 8601, oldest first. */
  readonly at: readonly string[];
  /** At most two: the first is drawn thin, the second thick. Null: nothing was measured then. */
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly targets?: readonly number[];
  readonly empty: string;
}

const HEIGHT = 168;
const AXIS_FONT = '12px Plex, Deva, sans-serif';
const DAY_S = 86_400;
const LEAST_SPAN_S = 3_600;

export function Lines({ label, unit, note, at, lines, targets = [], empty }: LinesProps) {
  const { words, language } = useWords();
  const told = words.monitoring.plots;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const columns: UPlot.AlignedData = [
    at.map((one) => Date.parse(one) / 1000),
    ...lines.map(({ values }) => [...values]),
  ];
  const latest = useRef(columns);
  latest.current = columns;
  const count = lines.length;
  const bounds = targets.join(' ');

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const limits = bounds === '' ? [] : bounds.split(' ').map(Number);
    const made = new UPlot(optionsOf(element, count, limits, language), latest.current, element);
    plot.current = made;
    const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    sizes.observe(element);
    // Colours are read when it is drawn: a change of theme draws it again.
    const themes = new MutationObserver(() => made.redraw(false, true));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [count, bounds, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the columns are made anew of these two
  useEffect(() => {
    plot.current?.setData(columns);
  }, [at, lines]);

  const points = lines.reduce((sum, { values }) => sum + values.filter((value) => value !== null).length, 0);
  return (
    <figure className="monitoring-lines">
      <figcaption>
        <b>{label}</b> <span>{unit}</span>
        <span className="monitoring-legend">
          {lines.length > 1 &&
            lines.map(({ name }, place) => (
              <span key={name}>
                <i className={place === 0 ? 'monitoring-thin' : 'monitoring-thick'} /> {name}
              </span>
            ))}
          {targets.length > 0 && (
            <span>
              <i className="monitoring-dashed" /> {told.targetLine}
            </span>
          )}
        </span>
      </figcaption>
      <div ref={host} role="img" aria-label={told.summary(label, points)} />
      {points === 0 && <p className="monitoring-empty">{empty}</p>}
      {note !== undefined && <p className="monitoring-how">{note}</p>}
    </figure>
  );
}

function optionsOf(
  element: HTMLElement,
  count: number,
  targets: readonly number[],
  language: LanguageCode,
): UPlot.Options {
  const colour = (token: string) => () => getComputedStyle(element).getPropertyValue(token).trim();
  const axis = {
    font: AXIS_FONT,
    stroke: colour('--ink-3'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const timeOf = (span: number) => (at: number) => {
    const iso = new Date(at * 1000).toISOString();
    return span > 2 * DAY_S ? formatDate(language, iso).replace(/,? \d{4}$/, '') : formatTime(language, iso);
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // Of the points themselves: around a lone one uPlot would lay years.
      x: { range: ({ data: [times] }) => spanOf(times) },
      y: { range: (_, __, most) => [0, (Math.max(most ?? 0, ...targets) || 1) * 1.15] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        space: 90,
        values: (_, splits) => splits.map(timeOf((splits.at(-1) ?? 0) - (splits[0] ?? 0))),
      },
      { ...axis, size: 48, space: 32 },
    ],
    series: [
      {},
      ...Array.from({ length: count }, (_, place) => ({
        stroke: colour(place === 0 && count > 1 ? '--ink-3' : '--ink'),
        width: place === 0 && count > 1 ? 1.5 : 2.5,
        spanGaps: false,
        points: { show: true, size: 5, fill: colour('--surface') },
      })),
    ],
    hooks: { drawAxes: [(drawn) => drawTargets(drawn, targets, colour('--tech-edge')())] },
  };
}

function spanOf(times: UPlot.AlignedData[0]): [number, number] {
  const last = times.at(-1) ?? Date.now() / 1000;
  return [Math.min(times[0] ?? last, last - LEAST_SPAN_S), last];
}

function drawTargets(plot: UPlot, targets: readonly number[], colour: string): void {
  const { left, width } = plot.bbox;
  plot.ctx.save();
  plot.ctx.strokeStyle = colour;
  plot.ctx.lineWidth = 1.5 * devicePixelRatio;
  plot.ctx.setLineDash([6 * devicePixelRatio, 5 * devicePixelRatio]);
  for (const target of targets) {
    const y = plot.valToPos(target, 'y', true);
    plot.ctx.beginPath();
    plot.ctx.moveTo(left, y);
    plot.ctx.lineTo(left + width, y);
    plot.ctx.stroke();
  }
  plot.ctx.restore();
}
