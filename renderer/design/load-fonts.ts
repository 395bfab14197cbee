/** A font that is still under way after this long is drawn when it comes: the ward never waits for letters. */
const LONGEST_WAIT_MS = 500;

/** The fonts of the ward's first screen with a letter of each: text, signs that Plex has not got, the other language's name. */
const FACES: readonly { readonly font: string; readonly letter: string }[] = [
  { font: '16px Plex', letter: 'a' },
  { font: '16px "Plex Math"', letter: '≥' },
  { font: '16px Deva', letter: 'ह' },
];

/**
 * Reads the fonts while the core starts. A page that is laid out before they are there is laid out again for each
 * that comes, and the first time it asks the system for a stand-in for every style: that took longer than the rest
 * of the first screen.
 */
export async function loadFonts(): Promise<void> {
  const loaded = Promise.allSettled(FACES.map(({ font, letter }) => document.fonts.load(font, letter)));
  const limit = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  await Promise.race([loaded, limit]);
}
