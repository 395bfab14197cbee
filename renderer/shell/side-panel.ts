/** What is docked at the side besides signing in: the list of keys. */
import { create } from 'zustand';

interface SidePanelState {
  readonly help: boolean;
  toggleHelp(): void;
  close(): void;
}

export const useSidePanel = create<SidePanelState>((set) => ({
  help: false,
  toggleHelp: () => set((state) => ({ help: !state.help })),
  close: () => set({ help: false }),
}));
