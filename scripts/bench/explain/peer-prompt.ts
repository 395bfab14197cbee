/** The same instructions, worked examples and facts for the peers, in the shapes that they take. */
import type { Facts } from '../../../app/explanation/facts.ts';
import { planExplanation } from '../../../app/explanation/plan.ts';

export interface PeerConversation {
  readonly system: string;
  readonly exchanges: readonly { readonly user: string; readonly answer: string }[];
  readonly question: string;
  /** All of it as one text in the model's own turns. */
  readonly rendered: string;
}

/** The examples show whole answers, literals with their numbers included: a peer is asked to write all of that. */
export function peerConversation(facts: Facts): PeerConversation {
  const { plan } = planExplanation(facts, { language: 'en', promptFormat: 'chatml' });
  const said = (segments: typeof plan.prefix): string[] =>
    segments.flatMap(({ kind, text }) => (kind === 'plain' ? [text] : []));
  const [system = '', ...turns] = said(plan.prefix);
  const exchanges = turns.flatMap((user, index) => {
    const answer = turns[index + 1];
    return index % 2 === 0 && answer !== undefined ? [{ user, answer }] : [];
  });
  return {
    system,
    exchanges,
    question: said(plan.body).join('\n'),
    rendered: [...plan.prefix, ...plan.body].map(({ text }) => text).join(''),
  };
}
