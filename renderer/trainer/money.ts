/** Money and time as the trainer's screen tells them. */
import { durationText } from '../../app/language/duration.ts';

/** "₹ 572.40"; a currency that the system does not know stands as its letters. */
export function moneyText(amount: number, currency: string): string {
  return new Intl.NumberFormat('en-IN', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount);
}

export function hoursText(hours: number): string {
  return durationText(hours * 3600);
}
