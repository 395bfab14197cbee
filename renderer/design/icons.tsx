/** Line icons on a 16-unit grid, drawn in the colour of the text. All are decoration: the word beside them names. */
import type { ReactNode } from 'react';

export interface IconProps {
  /** Edge length in pixels; 20 where left out. */
  readonly size?: number;
}

function Line({ size = 20, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function IconWard(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z" />
    </Line>
  );
}
export function IconAlerts(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M4 11V7.5a4 4 0 0 1 8 0V11l1 1.3H3ZM6.7 14h2.6" />
    </Line>
  );
}
export function IconEnter(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M11 2.5 13.5 5 6 12.5l-3.3.8.8-3.3ZM9.5 13.5h4" />
    </Line>
  );
}
export function IconSystem(props: IconProps) {
  return (
    <Line {...props}>
      <rect x="3" y="3" width="10" height="10" rx="1.5" />
      <path d="M6 6h4v4H6zM6 1v2M10 1v2M6 13v2M10 13v2M1 6h2M1 10h2M13 6h2M13 10h2" />
    </Line>
  );
}
const _IconCpu = IconSystem;
export function IconPatients(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="8" cy="5" r="3" />
      <path d="M2.5 14c.6-3 2.7-4.5 5.5-4.5s4.9 1.5 5.5 4.5" />
    </Line>
  );
}
export function IconMessages(props: IconProps) {
  return (
    <Line {...props}>
      <rect x="1.5" y="3" width="13" height="10" rx="1.5" />
      <path d="M2 4.5l6 4.5 6-4.5" />
    </Line>
  );
}
export function IconKnowledge(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M8 4.2C6.6 3 4.6 2.6 2 2.8v9.6c2.6-.2 4.6.2 6 1.4 1.4-1.2 3.4-1.6 6-1.4V2.8c-2.6-.2-4.6.2-6 1.4zM8 4.2v9.6" />
    </Line>
  );
}

/** A loss that falls. */
export function IconReview(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 2.5h5v11H2zM9 2.5h5v11H9zM3.7 5.5h1.6M10.7 5.5h1.6M3.7 8h1.6M10.7 8h1.6" />
    </Line>
  );
}
export function IconTrainer(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 2v12h12M4.5 5c1 5 4 6.3 8.5 6.6" />
    </Line>
  );
}

/** A line that is held against another. */
export function IconMonitoring(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 2v12h12M4.5 11l2.5-3.5 2.5 2L13.5 5M4.5 5.5h2M8.5 5.5h.5" />
    </Line>
  );
}
export function IconHelp(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.2 6.2a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.2M8 11.4v.1" />
    </Line>
  );
}
export function IconLock(props: IconProps) {
  return (
    <Line {...props}>
      <rect x="3" y="7" width="10" height="7" rx="1.5" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </Line>
  );
}
export function IconSound(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2.5 6h2.5l3.5-3v10L5 10H2.5zM11 5.8a3.2 3.2 0 0 1 0 4.4M12.8 4a5.7 5.7 0 0 1 0 8" />
    </Line>
  );
}
export function IconSoundOff(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2.5 6h2.5l3.5-3v10L5 10H2.5zM11 6l3.5 4M14.5 6 11 10" />
    </Line>
  );
}
export function IconSearch(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="7" cy="7" r="4.6" />
      <path d="M10.5 10.5 14 14" />
    </Line>
  );
}
function _IconSound(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 6v4h2.5L8 13V3L4.5 6ZM10.5 5.5a3.5 3.5 0 0 1 0 5M12.3 3.7a6 6 0 0 1 0 8.6" />
    </Line>
  );
}
const SHIELD = 'M8 1.5 13.5 3.6V8c0 3.4-2.4 5.6-5.5 6.6C4.9 13.6 2.5 11.4 2.5 8V3.6Z';
/** Checked and shown. */
export function IconShield(props: IconProps) {
  return (
    <Line {...props}>
      <path d={`${SHIELD}M5.4 8 7.3 10 10.8 6`} />
    </Line>
  );
}
/** Checked and withheld. */
export function IconShieldHeld(props: IconProps) {
  return (
    <Line {...props}>
      <path d={`${SHIELD}M5.5 8h5`} />
    </Line>
  );
}
/** Not checked yet. */
export function IconChecking(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2.6" />
    </Line>
  );
}
export function IconWave(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M1 8h3l2-5 3.5 10L11.5 8H15" />
    </Line>
  );
}
export function IconNoWave(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 2l12 12M5 8H1M15 8h-3M6.5 4.5 8 3" />
    </Line>
  );
}
export function IconCuff(props: IconProps) {
  return (
    <Line {...props}>
      <rect x="2" y="4" width="12" height="8" rx="2" />
      <path d="M6 4v8" />
    </Line>
  );
}
export function IconPen(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M11.5 2.5 13.5 4.5 6 12l-3 1 1-3Z" />
    </Line>
  );
}
export function IconClock(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.5V8l2.4 1.6" />
    </Line>
  );
}
export function IconPlug(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M5 2v4M11 2v4M3.5 6h9v2.5a4.5 4.5 0 0 1-9 0ZM8 13v2" />
    </Line>
  );
}
export function IconPlay(props: IconProps) {
  return (
    <Line {...props}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.6 5.4v5.2L11 8Z" />
    </Line>
  );
}
export function IconPlus(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M8 3v10M3 8h10" />
    </Line>
  );
}
export function IconBack(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M10 3 5 8l5 5" />
    </Line>
  );
}
export function IconForward(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M6 3l5 5-5 5" />
    </Line>
  );
}
export function IconCheck(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M3 8.5 6.5 12 13 4.5" />
    </Line>
  );
}
export function IconDelete(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M6 3.5h8v9H6L1.8 8ZM8.2 6.2l3.6 3.6M11.8 6.2 8.2 9.8" />
    </Line>
  );
}
export function IconUp(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M8 13V3M4 7l4-4 4 4" />
    </Line>
  );
}
export function IconDown(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M8 3v10M4 9l4 4 4-4" />
    </Line>
  );
}
export function IconLevel(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M3 8h10" />
    </Line>
  );
}
const _IconTiles = IconWard;
function _IconList(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M2 4h12M2 8h12M2 12h12" />
    </Line>
  );
}
function _IconStop(props: IconProps) {
  return (
    <Line {...props}>
      <path d="M4 4h8v8H4z" />
    </Line>
  );
}

/** The program's mark: a trace on a block of ink. */
export function Mark({ size = 36 }: IconProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="8" fill="currentColor" />
      <path
        d="M6 20h5l3-9 6 16 4-11 2 4h4"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
