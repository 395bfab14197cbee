/** The parts that every screen is built from. Styles come with them. */
import './tokens.css';
import './fonts.css';
import './base.css';

export { Button } from './button.tsx';
export { Choice, Segmented } from './choosing.tsx';
export { Field, Keypad } from './field.tsx';
export { useFlash } from './flash.ts';
export * from './icons.tsx';
export { Panel, Tag } from './panel.tsx';
export { Plot } from './plot.tsx';
export { type Priority, PriorityShape, STARS } from './priority.tsx';
export { ProbabilityMeter } from './probability-meter.tsx';
export { ReadingCell } from './reading-cell.tsx';
export {
  lookOf,
  News2Block,
  type Points,
  PointsChip,
  StatusMark,
} from './score.tsx';
export { ScreenLanguage } from './screen-language.ts';
export { SentenceRow } from './sentence-row.tsx';
export { StepLine } from './step-line.tsx';
export { WithSubscripts } from './subscripts.tsx';
export { Table, type TableProps } from './table.tsx';
