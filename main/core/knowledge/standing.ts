/** What is in force: of every card the newest version that may be used, after what people decided. */
import type { KeptCard, KeptGuideline, KnowledgeAct } from './knowledge-table.ts';

export type Standing = 'in-force' | 'waiting' | 'withdrawn' | 'replaced';

export interface Decision {
  readonly atMs: number;
  readonly by: string;
  readonly reason: string | null;
}

export interface StandingCard {
  readonly card: KeptCard;
  readonly standing: Standing;
  /** Who approved this version; null: nobody here has. */
  readonly approved: Decision | null;
  readonly withdrawn: Decision | null;
}

export interface StandingGuideline {
  readonly guideline: KeptGuideline;
  readonly standing: Standing;
  readonly approved: Decision | null;
  readonly withdrawn: Decision | null;
}

/** What is known of one subject: the approval of each version, and the withdrawal that holds. */
interface Decided {
  readonly approvals: ReadonlyMap<number, Decision>;
  readonly withdrawn: Decision | null;
}

const UNDECIDED: Decided = { approvals: new Map(), withdrawn: null };

function decisionsOf(acts: readonly KnowledgeAct[]): ReadonlyMap<string, Decided> {
  const decided = new Map<string, Decided>();
  for (const { subject, id, version, act, atMs, by, reason } of acts) {
    const key = `${subject} ${id}`;
    const before = decided.get(key) ?? UNDECIDED;
    const decision = { atMs, by, reason };
    decided.set(
      key,
      act === 'withdrawn'
        ? { ...before, withdrawn: decision }
        : // Approved again: whoever approves it has looked at what it was withdrawn for.
          { approvals: new Map([...before.approvals, [version, decision]]), withdrawn: null },
    );
  }
  return decided;
}

function standingOf(
  version: number,
  newest: number,
  decided: Decided,
): { readonly standing: Standing; readonly approved: Decision | null; readonly withdrawn: Decision | null } {
  const approved = decided.approvals.get(version) ?? null;
  const { withdrawn } = decided;
  const standing = withdrawn !== null ? 'withdrawn' : version < newest ? 'replaced' : 'in-force';
  return { standing, approved, withdrawn };
}

/** The guidelines with how they stand: the newest approved version is in force, a newer one waits. */
export function standingGuidelines(
  guidelines: readonly KeptGuideline[],
  acts: readonly KnowledgeAct[],
): readonly StandingGuideline[] {
  const decisions = decisionsOf(acts);
  return guidelines.map((guideline) => {
    const decided = decisions.get(`guideline ${guideline.id}`) ?? UNDECIDED;
    const newestApproved = Math.max(0, ...decided.approvals.keys());
    const found = standingOf(guideline.version, newestApproved, decided);
    // A version that nobody approved waits, or was overtaken by one that somebody did.
    if (found.approved === null && found.standing === 'in-force')
      return { guideline, ...found, standing: 'waiting' };
    return { guideline, ...found };
  });
}

/**
 * The cards with how they stand. A card of the program is in force until somebody withdraws it; one of a guideline
 * stands as its guideline does, and can be withdrawn by itself.
 */
export function standingCards(
  cards: readonly KeptCard[],
  guidelines: readonly StandingGuideline[],
  acts: readonly KnowledgeAct[],
): readonly StandingCard[] {
  const decisions = decisionsOf(acts);
  const newest = new Map<string, number>();
  for (const { id, version, guidelineId } of cards)
    if (guidelineId === null) newest.set(id, Math.max(version, newest.get(id) ?? 0));
  const guidelineAt = new Map(
    guidelines.map((one) => [`${one.guideline.id} ${one.guideline.version}`, one] as const),
  );
  return cards.map((card) => {
    const own = decisions.get(`card ${card.id}`) ?? UNDECIDED;
    if (card.guidelineId === null)
      return { card, ...standingOf(card.version, newest.get(card.id) ?? card.version, own) };
    const parent = guidelineAt.get(`${card.guidelineId} ${card.version}`);
    const withdrawn = own.withdrawn ?? parent?.withdrawn ?? null;
    const standing = withdrawn !== null ? 'withdrawn' : (parent?.standing ?? 'waiting');
    return { card, standing, approved: parent?.approved ?? null, withdrawn };
  });
}
