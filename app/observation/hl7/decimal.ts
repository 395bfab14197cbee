/**
 * Exact decimals for values on the wire. A measured value is decided on its decimal text: binary fractions
 * would make 37.05 °C something below 37.05 and move it to another row of the chart.
 */

/** A fraction; `denominator` is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Digits a vital can need; anything longer is no measurement. */
const DECIMAL = /^[+-]?(\d{1,9})(?:\.(\d{1,6}))?$/;

/**
 * A plain decimal number, whole text or nothing: `95 (ignore)`, `0x5F`, `9.5e1`, `NaN`, `Infinity`, `97,1`
 * and an empty text are null. Never partly read.
 */
export function parseDecimal(text: string): Fraction | null {
  const parts = DECIMAL.exec(text);
  if (parts === null) return null;
  const decimals = parts[2] ?? '';
  const digits = BigInt(`${parts[1] ?? ''}${decimals}`);
  return {
    numerator: text.startsWith('-') ? -digits : digits,
    denominator: 10n ** BigInt(decimals.length),
  };
}

/** The one way to write a plain decimal number: no sign for zero or above, no zeros that say nothing. Null: none. */
export function plainDecimal(text: string): string | null {
  const parts = DECIMAL.exec(text);
  if (parts === null) return null;
  const whole = (parts[1] ?? '').replace(/^0+(?=\d)/, '');
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  const size = fraction === '' ? whole : `${whole}.${fraction}`;
  return text.startsWith('-') && size !== '0' ? `-${size}` : size;
}

/** a × factor + offset, exactly. */
export function scaled(value: Fraction, factor: Fraction, offset: Fraction): Fraction {
  const numerator = value.numerator * factor.numerator;
  const denominator = value.denominator * factor.denominator;
  return {
    numerator: numerator * offset.denominator + offset.numerator * denominator,
    denominator: denominator * offset.denominator,
  };
}

/** Rounded half up (towards plus infinity) to a number of decimals. */
export function roundedHalfUp(value: Fraction, decimals: number): number {
  const power = 10n ** BigInt(decimals);
  const doubled = 2n * value.numerator * power + value.denominator;
  const divisor = 2n * value.denominator;
  const remainder = doubled % divisor;
  const floor = (doubled - (remainder < 0n ? remainder + divisor : remainder)) / divisor;
  return Number(floor) / Number(power);
}

/** True where the value lies within both limits, each given in whole units or tenths. */
export function isWithin(value: Fraction, least: number, most: number): boolean {
  const tenths = 10n * value.numerator;
  return (
    tenths >= BigInt(Math.round(least * 10)) * value.denominator &&
    tenths <= BigInt(Math.round(most * 10)) * value.denominator
  );
}
