/** Lengths of time and of files as people say them; units stay in Latin letters in every language. */

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;

/** "25 s", "3 min", "2 h 5 min", "1 d": the two largest units that say something. Seconds count below two minutes. */
export function durationText(seconds: number | string): string {
  const whole = Math.round(Math.abs(Number(seconds)));
  if (!(whole >= 120)) return `${whole} s`;
  let left = Math.round(whole / 60) * 60;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000 * MEGABYTE;

/** "0.6 MB", "76.3 GB". */
export function bytesText(bytes: number): string {
  return bytes < GIGABYTE ? `${(bytes / MEGABYTE).toFixed(1)} MB` : `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
