/**
 * Several rules ask the same of one sentence in turn; the last answer is kept. Holds no more than one sentence.
 */
export function remembered<Rest extends readonly object[], Answer>(
  ask: (text: string, ...rest: Rest) => Answer,
): (text: string, ...rest: Rest) => Answer {
  let last: { readonly text: string; readonly rest: Rest; readonly answer: Answer } | null = null;
  return (text, ...rest) => {
    if (last !== null && last.text === text && last.rest.every((one, index) => one === rest[index]))
      return last.answer;
    const answer = ask(text, ...rest);
    last = { text, rest, answer };
    return answer;
  };
}
