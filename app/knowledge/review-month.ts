/** Months as `2026-11`: when a card was reviewed and when it is due again. */

/** The month so many months later. A text that is no month is given back as it is. */
export function monthsAfter(month: string, months: number): string {
  const read = /^(?<year>\d{4})-(?<month>\d{2})$/u.exec(month)?.groups;
  if (read === undefined) return month;
  const total = Number(read.year) * 12 + Number(read.month) - 1 + months;
  return `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`;
}

/** True where a review was due before the month of `now` (ISO time): the month itself is still in time. */
export function isOverdue(due: string, now: string): boolean {
  return due < now.slice(0, 7);
}
