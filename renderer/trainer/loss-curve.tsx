/** The curve of a training: its loss step by step, and on what was held out where it was evaluated. */
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import type { TrainingRunView } from '../../app/contract/calls/training.ts';
import { useWords } from '../shell/index.ts';
import 'uplot/dist/uPlot.min.css';

type LossCurveProps = Pick<TrainingRunView, 'losses' | 'evaluations' | 'steps'>;

const HEIGHT = 260;
const AXIS_FONT = '12px Plex, Deva, sans-serif';

export function LossCurve({ losses, evaluations, steps }: LossCurveProps) {
  const { words } = useWords();
  const told = words.trainer;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const points = columnsOf({ losses, evaluations });
  const latest = useRef(points);
  latest.current = points;
  const last = steps ?? losses.at(-1)?.step ?? 1;

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const made = new UPlot(optionsOf(element, last), latest.current, element);
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
  }, [last]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the points are made anew of these two
  useEffect(() => {
    plot.current?.setData(points);
  }, [losses, evaluations]);

  return (
    <figure className="trainer-curve">
      <figcaption>
        <b>{told.loss}</b> <span>{told.lossNote}</span>
        <span className="trainer-legend">
          <i className="trainer-line" /> {told.trainingLine} <i className="trainer-line trainer-line-thick" />{' '}
          {told.validationLine}
        </span>
      </figcaption>
      <div ref={host} role="img" aria-label={told.lossSummary(losses.length)} />
      {losses.length === 0 && <p className="trainer-curve-empty">{told.noSteps}</p>}
    </figure>
  );
}

/** Both curves on the steps of either. */
function columnsOf({ losses, evaluations }: Omit<LossCurveProps, 'steps'>): UPlot.AlignedData {
  const trained = new Map(losses.map(({ step, loss }) => [step, loss]));
  const heldOut = new Map(evaluations.map(({ step, loss }) => [step, loss]));
  const steps = [...new Set([...trained.keys(), ...heldOut.keys()])].sort((a, b) => a - b);
  return [
    steps,
    // Undefined: not told at this step, and the line goes on; null: told, and no number.
    steps.map((step) => trained.get(step)),
    steps.map((step) => heldOut.get(step)),
  ];
}

function optionsOf(element: HTMLElement, last: number): UPlot.Options {
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
      x: { time: false, range: [0, Math.max(1, last)] },
      y: { range: (_, least, most) => (most === null ? [0, 1] : [Math.min(0, least), most * 1.05]) },
    },
    axes: [
      { ...axis, size: 28, space: 80, values: (_, splits) => splits.map((step) => String(Math.round(step))) },
      { ...axis, size: 48, space: 36 },
    ],
    series: [
      {},
      { stroke: colour('--ink-3'), width: 1.5, points: { show: false } },
      {
        stroke: colour('--ink'),
        width: 2.5,
        spanGaps: true,
        points: { show: true, size: 7, fill: colour('--surface') },
      },
    ],
  };
}
