/**
 * Drafts of questions and answers from what a site imported: guidelines, protocols, textbooks. A draft teaches nothing
 * until a person has read it; without a licence that allows training none is made.
 */
import type { Example } from './example.ts';

export interface GuidelineSection {
  readonly document: string;
  readonly documentId: string;
  readonly section: string;
  readonly title: string;
  readonly text: string;
  readonly language: 'en' | 'hi';
  /** The answer to "may this be used to train a model, and under which licence?"; null: it may not. */
  readonly licence: string | null;
}

const QUESTIONS = {
  en: [
    (title: string) => `What does the ward's guidance say about: ${title}?`,
    (title: string) => `Explain to a student nurse, from the passage: ${title}.`,
  ],
  hi: [(title: string) => `वार्ड का मार्गदर्शन इस बारे में क्या कहता है: ${title}?`],
} as const;

/** The drafts of a section; each answer is the section's own words, with the passage that it cites. */
export function draftsFromSection(section: GuidelineSection): Example[] {
  const { licence, title, text, language } = section;
  if (licence === null) return [];
  const passage = text.replace(/\s+/gu, ' ').trim();
  const cited = passage.replace(/([.!?।])(?=\s|$)/gu, ' [p1]$1');
  return QUESTIONS[language].map((ask, index) => ({
    id: `guideline-${section.documentId}-${section.section}-${index}`,
    kind: 'education' as const,
    scenario: 'stable' as const,
    language,
    source: 'guideline' as const,
    provenance: `${section.document}, ${title}`,
    licence,
    group: `document-${section.documentId}`,
    content: {
      form: 'instruction' as const,
      instruction: ask(title),
      input: `[p1] ${passage}`,
      output: cited.endsWith(']') ? `${cited}.` : cited,
      facts: { vitals: {}, passages: [{ id: 'p1', text: passage }] },
    },
  }));
}
