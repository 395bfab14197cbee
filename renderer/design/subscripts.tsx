/** SpO2, FiO2, etCO2 and O2 with their digit set low: the Latin subset of the font has no low two. */
import type { ReactNode } from 'react';

const LOW_TWO = /(SpO|FiO|etCO|\bCO|\bO)2\b/;

export function WithSubscripts({ text }: { readonly text: string }) {
  const parts: ReactNode[] = [];
  let rest = text;
  for (let found = LOW_TWO.exec(rest); found !== null; found = LOW_TWO.exec(rest)) {
    const end = found.index + found[0].length;
    parts.push(rest.slice(0, end - 1), <sub key={parts.length}>2</sub>);
    rest = rest.slice(end);
  }
  return (
    <>
      {parts}
      {rest}
    </>
  );
}
