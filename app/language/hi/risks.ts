/** Hindi names of the risks, for screens and rule texts alike: a tile and the text beside it say the same word. */
import type { CodeWords } from '../code-words.ts';

export const risks: CodeWords['risks'] = {
  low: 'निम्न',
  'low-medium': 'निम्न से मध्यम',
  medium: 'मध्यम',
  high: 'उच्च',
};
