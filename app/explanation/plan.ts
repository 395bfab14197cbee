/**
 * The plan of an explanation: which sentences there are, which words are fixed and where the model writes.
 *
 * Drivers decide the sentences. A literal carries number, unit, direction as a plain word and points, so that the
 * model neither needs nor gets to write any of them. The same renderer makes the worked examples, the plan and
 * later the training text, so the model is asked in the words it was taught in.
 */
import type { GenerationPlan, PlanStep, PromptSegment } from '../contract/engine.ts';
import { workedExamples } from './examples.ts';
import type { ExplanationDepth } from './explanation.ts';
import { completeFacts, type Facts, type Pattern } from './facts.ts';
import { type Exchange, type PromptFormat, promptBody, promptPrefix } from './prompt.ts';
import { drivenList, explanationWords } from './rule-text.ts';
import { type Driven, spokenTrends } from './words.ts';

/** At most this many driver sentences: at the bedside an explanation has, with summary and check, at most 6. */
const MOST_DRIVER_SENTENCES = { bedside: 4, doctor: 6, education: 4 } as const satisfies Record<
  ExplanationDepth,
  number
>;
/** Longest hole, in tokens: about twenty words. A hole that needs more is not one sentence. */
const DRIVER_HOLE_TOKENS = 28;
const CLOSING_HOLE_TOKENS = 40;

export interface PlannedSentence {
  readonly kind: 'driver' | 'summary' | 'consider' | 'weigh' | 'check' | 'fact' | 'question';
  /** What this sentence is about, for the verifier; null where it speaks of all readings. */
  readonly about: Driven['parameter'] | null;
  /** What the model reads before the literal and nobody is shown: passages of the library; empty where there are none. */
  readonly reading: string;
  /** Stands before the hole. Ends without a space, so that a token boundary falls where the model expects it. */
  readonly literal: string;
  /** What is shown where the hole is withheld: a whole sentence from the rules. */
  readonly alone: string;
  /** Index of this sentence's hole in the plan's steps; null where the whole sentence is by code. */
  readonly step: number | null;
  /** 0 where there is no hole. */
  readonly maxTokens: number;
}

/** `guided`: the model writes behind literals. `free`: it writes whole sentences, each verified by itself. */
export type PlanMode = 'guided' | 'free';

export interface ExplanationPlan {
  readonly language: 'en' | 'hi';
  readonly mode: PlanMode;
  readonly plan: GenerationPlan;
  readonly sentences: readonly PlannedSentence[];
}

export interface PlanOptions {
  readonly language: 'en' | 'hi';
  readonly promptFormat: PromptFormat;
  /** `bedside` unless told otherwise. */
  readonly depth?: ExplanationDepth;
  readonly mode?: PlanMode;
  /**
   * A trained adapter writes: it knows the task, so a guided prompt goes without the worked examples (some 600 of 860
   * tokens), and its holes follow each other, as they did where it was taught. False unless told otherwise.
   */
  readonly taught?: boolean;
  /** Greedy (temperature 0) unless told otherwise: it replays to the same bytes and costs least. */
  readonly sampling?: GenerationPlan['sampling'];
}

const GREEDY: GenerationPlan['sampling'] = { temperature: 0, topP: 1, seed: 1 };

const SYSTEM = {
  en: 'You help nurses to understand vital signs. For each reading finish the sentence in simple words, in one short sentence. Speak only of the readings given. Do not name a disease, a drug, a treatment or a number.',
  hi: 'आप नर्सों को वाइटल समझने में मदद करते हैं। हर रीडिंग का वाक्य सरल शब्दों में, एक छोटे वाक्य में पूरा करें। केवल दी गई रीडिंग की बात करें। किसी रोग, दवा, इलाज या संख्या का नाम न लें।',
} as const;

/** The pattern that the rules see, told to the model: without it a small model invents one. */
const PATTERN: { readonly [language in 'en' | 'hi']: { readonly [pattern in Pattern]: string } } = {
  en: {
    none: 'no reading stands out',
    breathing: 'breathing is affected',
    circulation: 'circulation is affected',
    temperature: 'the temperature stands out',
    consciousness: 'consciousness is affected',
    'breathing-circulation': 'breathing and circulation are affected',
    several: 'several body systems are affected',
  },
  hi: {
    none: 'कोई रीडिंग अलग नहीं दिखती',
    breathing: 'साँस प्रभावित है',
    circulation: 'रक्त संचार प्रभावित है',
    temperature: 'तापमान अलग दिखता है',
    consciousness: 'चेतना प्रभावित है',
    'breathing-circulation': 'साँस और रक्त संचार प्रभावित हैं',
    several: 'शरीर के कई तंत्र प्रभावित हैं',
  },
};
const LABELS = {
  en: { readings: 'Readings that score', pattern: 'Pattern', none: 'none', library: 'From the library' },
  hi: { readings: 'अंक वाली रीडिंग', pattern: 'पैटर्न', none: 'कोई नहीं', library: 'पुस्तकालय से' },
} as const;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Draft = Omit<PlannedSentence, 'step'>;

/** A whole sentence by code: nothing in it is the model's. */
function byCode(kind: 'fact' | 'question', text: string): Draft {
  return { kind, about: null, reading: '', literal: text, alone: text, maxTokens: 0 };
}

/** What a doctor reads beside the drivers, by code: what changed, the course, what is missing. */
function courseOf(facts: Facts, language: 'en' | 'hi'): Draft[] {
  const words = explanationWords(language);
  const trends = spokenTrends(facts);
  return [
    ...(facts.previous === null || facts.changes.length === 0
      ? []
      : [words.changes(facts.previous.minutes_ago, facts.changes)]),
    ...(trends.length === 0 ? [] : [words.trends(trends)]),
    ...(facts.missing.length === 0 || facts.assessment === null ? [] : [words.missing(facts.missing)]),
  ].map((text) => byCode('fact', text));
}

/**
 * The sentences that an explanation of these facts has at a depth, in order; hole steps are numbered for `stepsOf`.
 * Doctors get the course and considerations, always as questions of whether; students get questions at the end.
 */
export function planSentences(
  facts: Facts,
  language: 'en' | 'hi',
  depth: ExplanationDepth = 'bedside',
): readonly PlannedSentence[] {
  const words = explanationWords(language);
  const stop = language === 'hi' ? '।' : '.';
  const closing = (
    kind: 'summary' | 'consider' | 'weigh' | 'check',
    literal: string,
    alone: string,
  ): Draft => ({
    kind,
    about: null,
    reading: kind === 'check' ? renderPassages(facts, language) : '',
    literal,
    alone,
    maxTokens: CLOSING_HOLE_TOKENS,
  });
  const drivers = drivenList(facts)
    .slice(0, MOST_DRIVER_SENTENCES[depth])
    .map(
      (driven): Draft => ({
        kind: 'driver',
        about: driven.parameter,
        reading: '',
        literal: `${capital(words.driver(driven))}:`,
        alone: `${capital(words.driver(driven))}${stop}`,
        maxTokens: DRIVER_HOLE_TOKENS,
      }),
    );
  // That nothing stands out can only be said of readings that are all there.
  const summary =
    facts.pattern !== 'none' || facts.missing.length === 0
      ? [closing('summary', words.summaryLead, words.summaryAlone(facts.pattern))]
      : [];
  const considerations =
    depth === 'doctor' && facts.drivers.length > 0
      ? [
          closing('consider', words.considerLead, words.considerAlone),
          closing('weigh', words.weighLead, words.weighAlone),
        ]
      : [];
  const drafts: Draft[] = [
    ...(depth === 'education' ? [byCode('fact', words.headline(facts.news2))] : []),
    ...drivers,
    ...(depth === 'doctor' ? courseOf(facts, language) : []),
    ...summary,
    ...considerations,
    closing('check', words.checkLead, words.checkAlone()),
    ...(depth === 'education'
      ? words.questions(facts.drivers.length, facts.missing.length).map((text) => byCode('question', text))
      : []),
  ];
  let steps = 0;
  return drafts.map((draft) => {
    const step = draft.maxTokens === 0 ? null : steps + 1;
    steps += draft.maxTokens === 0 ? 1 : 2;
    return { ...draft, step };
  });
}

/** Literals and holes in turn. A new sentence begins on a new line; in the free mode it has no literal. */
function stepsOf(sentences: readonly PlannedSentence[], mode: PlanMode): PlanStep[] {
  return sentences.flatMap(({ reading, literal, maxTokens }, index): PlanStep[] => {
    const text = `${reading}${mode === 'free' && maxTokens > 0 ? '' : literal}`;
    const begin: PlanStep = { kind: 'literal', text: `${index === 0 && text !== '' ? '' : '\n'}${text}` };
    return maxTokens === 0 ? [begin] : [begin, { kind: 'hole', maxTokens: holeTokens(maxTokens, mode) }];
  });
}

/** A whole sentence needs the words that a literal would have brought. */
function holeTokens(maxTokens: number, mode: PlanMode): number {
  return mode === 'free' ? CLOSING_HOLE_TOKENS + maxTokens : maxTokens;
}

/**
 * Renders a whole answer from its sentences and hole texts: the one renderer, for worked examples now and for
 * training text later. Missing hole texts end the answer there.
 */
export function renderAnswer(sentences: readonly PlannedSentence[], holes: readonly string[]): string {
  return sentences
    .slice(0, holes.length)
    .map(({ reading, literal }, index) => `${reading}${literal}${holes[index]}`)
    .join('\n');
}

/** The facts as the model is told them: literals of what scores, and the pattern. */
export function renderFacts(facts: Facts, language: 'en' | 'hi'): string {
  const words = explanationWords(language);
  const labels = LABELS[language];
  const list = drivenList(facts);
  const readings = list.length === 0 ? labels.none : list.map(words.driver).join('; ');
  return `${labels.readings}: ${readings}.\n${labels.pattern}: ${PATTERN[language][facts.pattern]}.`;
}

/**
 * The passages as the model reads them. They stand right before the one sentence that draws on them, so that no other
 * sentence waits for them to be read or is coloured by them; line breaks are taken out, so that a passage can end
 * neither the list nor the answer.
 */
function renderPassages({ passages }: Facts, language: 'en' | 'hi'): string {
  return passages
    .map(({ text }) => `${LABELS[language].library}: ${text.replace(/\s+/gu, ' ').trim()}\n`)
    .join('');
}

/** An answer in whole sentences without a number: what the model writes where nothing is given. */
function renderFree(sentences: readonly PlannedSentence[], holes: readonly string[]): string {
  return sentences
    .slice(0, holes.length)
    .map(({ kind, literal }, index) =>
      kind === 'driver' ? capital((holes[index] ?? '').trim()) : `${literal}${holes[index]}`,
    )
    .join('\n');
}

function exampleExchanges(language: 'en' | 'hi', mode: PlanMode): Exchange[] {
  const render = mode === 'free' ? renderFree : renderAnswer;
  return workedExamples(language).map((example) => {
    const facts = completeFacts(example.facts);
    return {
      user: renderFacts(facts, language),
      answer: render(planSentences(facts, language), example.holes),
    };
  });
}

/** The fixed beginning of every prompt of a language and format, for `EnginePort.prepare`; every depth has it. */
export function fixedPrefix(
  language: 'en' | 'hi',
  format: PromptFormat,
  mode: PlanMode = 'guided',
  taught = false,
): PromptSegment[] {
  // Whole sentences are what no adapter is taught: they are always shown how.
  const shown = taught && mode === 'guided' ? [] : exampleExchanges(language, mode);
  return promptPrefix(format, SYSTEM[language], shown);
}

/** The generation plan of an explanation and the structure that its events are assembled into. */
export function planExplanation(facts: Facts, options: PlanOptions): ExplanationPlan {
  const { language, promptFormat, depth = 'bedside', mode = 'guided' } = options;
  const { taught = false, sampling = GREEDY } = options;
  const sentences = planSentences(facts, language, depth);
  return {
    language,
    mode,
    sentences,
    plan: {
      prefix: fixedPrefix(language, promptFormat, mode, taught),
      body: promptBody(promptFormat, renderFacts(facts, language)),
      steps: stepsOf(sentences, mode),
      // Without literals the holes would all be the same: each must see the one before it.
      ...(mode === 'free' || taught ? { layout: 'serial' as const } : {}),
      sampling,
    },
  };
}
