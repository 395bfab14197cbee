/** The parts that every screen is built from. Styles come with them. */
import './tokens.css';
import './fonts.css';
import './base.css';

export { Button, type ButtonProps } from './button.tsx';
export { Choice, type ChoiceProps, Segmented, type SegmentedProps } from './choosing.tsx';
export { Field, type FieldProps, Keypad, type KeypadProps } from './field.tsx';
export { useFlash } from './flash.ts';
export * from './icons.tsx';
export { Panel, type PanelProps, Tag, type TagProps } from './panel.tsx';
export { Plot, type PlotProps } from './plot.tsx';
export { type Priority, PriorityShape, STARS } from './priority.tsx';
export { ProbabilityMeter, type ProbabilityMeterProps } from './probability-meter.tsx';
export { ReadingCell, type ReadingCellProps } from './reading-cell.tsx';
export {
  type Look,
  lookOf,
  News2Block,
  type News2BlockProps,
  type Points,
  PointsChip,
  StatusMark,
  type StatusMarkProps,
} from './score.tsx';
export { SentenceRow, type SentenceRowProps } from './sentence-row.tsx';
export { StepLine, type StepLineProps } from './step-line.tsx';
export { WithSubscripts } from './subscripts.tsx';
export { Table, type TableProps } from './table.tsx';
