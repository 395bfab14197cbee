/** What is typed into the search field, and the beds that fit it. */
import { create } from 'zustand';
import { byBed } from './ward-order.ts';
import type { ShownBed } from './ward-state.ts';

export const SEARCH_FIELD_ID = 'search-bed';

interface SearchState {
  readonly text: string;
  type(text: string): void;
}

export const useSearch = create<SearchState>((set) => ({ text: '', type: (text) => set({ text }) }));

/** Puts the cursor into the search field, with `text` in it. */
export function focusSearch(text = ''): void {
  useSearch.getState().type(text);
  document.getElementById(SEARCH_FIELD_ID)?.focus();
}

/** Beds by number, name or hospital number; the bed with exactly the typed number first. */
export function bedsThatFit(beds: readonly ShownBed[], text: string): ShownBed[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  return beds
    .map((bed) => ({ bed, rank: rankOf(bed, wanted) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((a, b) => a.rank - b.rank || byBed(a.bed.view, b.bed.view))
    .map(({ bed }) => bed);
}

const NO_FIT = 4;

function rankOf({ view }: ShownBed, wanted: string): number {
  const bed = view.bed.toLocaleLowerCase();
  if (bed === wanted || bed.replace(/^0+/, '') === wanted.replace(/^0+/, '')) return 0;
  if (bed.includes(wanted)) return 1;
  if (view.patient.name.toLocaleLowerCase().includes(wanted)) return 2;
  if (view.patient.identifier.toLocaleLowerCase().replaceAll(' ', '').includes(wanted.replaceAll(' ', '')))
    return 3;
  return NO_FIT;
}
