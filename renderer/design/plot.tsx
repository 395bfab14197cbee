/** A trend of one vital. Where nothing was measured there is a grey band, never a line across. */
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { codeWords, formatTime, type LanguageCode } from '../../app/language/language.ts';
import { WithSubscripts } from './subscripts.tsx';
import 'uplot/dist/uPlot.min.css';
import './plot.css';

export interface PlotProps {
  readonly label: string;
  readonly unit: string;
  /** Oldest first; `at` in milliseconds since 1970. Null: nothing was measured from here to the next value. */
  readonly points: readonly { readonly at: number; readonly value: number | null }[];
  /** How far the horizontal axis looks back from this moment; without it one lone point would span days. */
  readonly hours: number;
  /** The ends of the vertical axis. */
  readonly least: number;
  readonly most: number;
  readonly language: LanguageCode;
}

const HEIGHT = 120;
const AXIS_FONT = '12px Plex, Deva, sans-serif';

export function Plot({ label, unit, points, hours, least, most, language }: PlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const columns = useRef<UPlot.AlignedData>([[], []]);
  columns.current = [points.map(({ at }) => at / 1000), points.map(({ value }) => value)];

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new UPlot(optionsOf(element, { hours, least, most, language }), columns.current, element);
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
  }, [hours, least, most, language]);

  useEffect(() => {
    plot.current?.setData([points.map(({ at }) => at / 1000), points.map(({ value }) => value)]);
  }, [points]);

  const measured = points.filter(({ value }) => value !== null);
  const words = codeWords(language).reading;
  return (
    <figure className="plot">
      <figcaption>
        <b>
          <WithSubscripts text={label} />
        </b>{' '}
        <span>{unit}</span>
      </figcaption>
      <div ref={host} role="img" aria-label={words.trendSummary(label, unit, measured.length)} />
      {measured.length === 0 && <p className="plot-empty">{words.noData}</p>}
    </figure>
  );
}

function optionsOf(
  element: HTMLElement,
  { hours, least, most, language }: Pick<PlotProps, 'hours' | 'least' | 'most' | 'language'>,
): UPlot.Options {
  const colour = (token: string) => () => getComputedStyle(element).getPropertyValue(token).trim();
  const axis = {
    font: AXIS_FONT,
    stroke: colour('--ink-3'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: () => [Date.now() / 1000 - hours * 3600, Date.now() / 1000] },
      y: { range: [least, most] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 80,
        values: (_, splits) => splits.map((at) => formatTime(language, new Date(at * 1000).toISOString())),
      },
      { ...axis, size: 40, space: 28 },
    ],
    series: [
      {},
      {
        stroke: colour('--ink'),
        width: 2,
        spanGaps: false,
        points: { show: true, size: 6, fill: colour('--ink'), filter: alone },
      },
    ],
    hooks: { drawAxes: [(drawn) => drawGaps(drawn, colour('--line')())] },
  };
}

/** A value between two gaps has no line to be seen by: it is drawn as a dot. */
function alone(plot: UPlot, series: number): number[] {
  const values = plot.data[series] ?? [];
  const has = (index: number) => values[index] !== null && values[index] !== undefined;
  return [...values.keys()].filter((index) => has(index) && !has(index - 1) && !has(index + 1));
}

/** Bands over the times without a value: from a null to the next value, or to the end. */
function drawGaps(plot: UPlot, colour: string): void {
  const [times, values] = plot.data;
  const { left, top, width, height } = plot.bbox;
  plot.ctx.save();
  plot.ctx.fillStyle = colour;
  plot.ctx.globalAlpha = 0.6;
  let from: number | null = null;
  for (const [index, at] of times.entries()) {
    const missing = values?.[index] === null || values?.[index] === undefined;
    if (missing) from ??= at;
    const ends = !missing || index === times.length - 1;
    if (from === null || !ends) continue;
    const start = Math.max(left, plot.valToPos(from, 'x', true));
    const end = Math.min(left + width, plot.valToPos(at, 'x', true));
    plot.ctx.fillRect(start, top, Math.max(2, end - start), height);
    from = null;
  }
  plot.ctx.restore();
}
