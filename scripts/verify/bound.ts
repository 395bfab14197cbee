/**
 * Upper 95 % confidence bound of a failure rate (Clopper and Pearson, 1934): exact, found by bisection on the
 * binomial distribution. With no failure in n tries it is 1 − 0.05^(1/n), the "rule of three" made exact.
 */
export function upperBound(failures: number, tries: number): number {
  if (tries === 0 || failures >= tries) return 1;
  let low = failures / tries;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (atMost(failures, tries, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most `k` failures in `n` tries at rate `p`; terms in logarithms, so that n may be large. */
function atMost(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    sum += Math.exp(logTerm);
  }
  return sum;
}
