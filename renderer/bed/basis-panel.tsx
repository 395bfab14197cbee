/** What the scores of a bed rest on: every score with its inputs, their source and age, or why it has no number. */
import type { ReactNode } from 'react';
import { formatAge, type LanguageCode, type ScreenWords, vitalName } from '../../app/language/language.ts';
import { unavailableParameters } from '../../app/observation/scoring-vitals.ts';
import type { Vital } from '../../app/observation/vital.ts';
import { isApplicable, NEWS2_PARAMETERS, type Score, VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import type { Signal, SignalInput } from '../../app/scoring/signals.ts';
import { Button, Panel, Table, WithSubscripts } from '../design/index.ts';
import { observedOf, type ScoreNow, type ShownBed, useWords } from '../shell/index.ts';
import { signalsNow } from './signals-now.ts';
import './basis-panel.css';

export interface BasisPanelProps {
  readonly bed: ShownBed;
  readonly shown: ScoreNow;
  readonly now: number;
  readonly onClose: () => void;
}

export function BasisPanel({ bed, shown, now, onClose }: BasisPanelProps) {
  const { words, language } = useWords();
  const told = { words, language };
  const rows = [
    {
      key: 'news2',
      cells: {
        score: words.basis.names.news2,
        value: <b className="num">{news2Value(shown.score, words, language, bed.view.unavailable)}</b>,
        inputs: <Inputs inputs={news2Inputs(bed, shown)} />,
        oldest: ageText(shown.oldestAgeMs, told),
      },
    },
    ...signalsNow(bed, shown, now).map((signal) => ({
      key: signal.rule,
      cells: {
        score: <WithSubscripts text={words.basis.names[signal.rule]} />,
        value: <b className="num">{signalValue(signal, words, language)}</b>,
        inputs: <SignalBasis signal={signal} />,
        oldest: signal.state === 'not-applicable' ? '' : ageText(signal.oldestAgeMs, told),
      },
    })),
  ];
  return (
    <Panel
      title={words.basis.show}
      className="bed-basis"
      actions={
        <Button variant="ghost" onPress={onClose}>
          {words.basis.hide}
        </Button>
      }
    >
      <Table
        caption={words.basis.caption}
        columns={[
          { key: 'score', title: words.basis.score },
          { key: 'value', title: words.basis.value },
          { key: 'inputs', title: words.basis.restsOn },
          { key: 'oldest', title: words.basis.oldest, align: 'end' },
        ]}
        rows={rows}
      />
    </Panel>
  );
}

interface Told {
  readonly words: ScreenWords;
  readonly language: LanguageCode;
}

function ageText(ageMs: number | null, { words, language }: Told): ReactNode {
  return ageMs === null ? '' : <span className="num">{words.basis.age(formatAge(language, ageMs))}</span>;
}

/**
 * NEWS2 in words: its total, its bound with what is missing and what of it the monitor says it cannot measure, or
 * why it does not apply.
 */
export function news2Value(
  score: Score,
  words: ScreenWords,
  language: LanguageCode,
  unavailable: readonly Vital[] = [],
): string {
  if (!isApplicable(score)) return words.basis.notApplicable[score.reason];
  if (score.complete) return String(score.total);
  const names = score.missing.map((vital) => vitalName(language, vital, 'long')).join(', ');
  const cannot = unavailableParameters({}, unavailable)
    .map((parameter) => VITAL_OF_PARAMETER[parameter])
    .filter((vital) => score.missing.includes(vital))
    .map((vital) => vitalName(language, vital, 'long'))
    .join(', ');
  const told = `${words.basis.incomplete}, ${words.basis.atLeast(String(score.min_total))}; ${words.basis.missing(names)}`;
  return cannot === '' ? told : `${told}; ${words.basis.monitorSays(cannot)}`;
}

/** A signal in words: its value with the unit, its bound with what is missing, or why it does not apply. */
export function signalValue(signal: Signal, words: ScreenWords, language: LanguageCode): string {
  if (signal.state === 'not-applicable') return words.basis.notApplicable[signal.reason];
  const written = (value: number) => writtenSignal(signal.rule, value, words);
  if (signal.state === 'complete') return written(signal.value);
  const names = signal.missing.map((vital) => vitalName(language, vital, 'long')).join(', ');
  return [
    words.basis.incomplete,
    ...(signal.atLeast === null ? [] : [words.basis.atLeast(written(signal.atLeast))]),
    names === '' ? words.basis.notCovered : words.basis.missing(names),
  ].join(', ');
}

function writtenSignal(rule: Signal['rule'], value: number, words: ScreenWords): string {
  if (rule === 'shock-index') return value.toFixed(2);
  return rule === 'single-red' ? String(value) : `${value}\u00a0${words.basis.units[rule]}`;
}

function news2Inputs(bed: ShownBed, shown: ScoreNow): SignalInput[] {
  const observed = observedOf(bed.view);
  return NEWS2_PARAMETERS.flatMap((parameter) => {
    const input = shown.inputs[parameter];
    const from = input === undefined ? undefined : observed[input.vital];
    if (input === undefined || from === undefined) return [];
    return [{ ...input, value: from.scoring?.value ?? from.value, source: from.source }];
  });
}

function SignalBasis({ signal }: { readonly signal: Signal }) {
  const { words, language } = useWords();
  if (signal.state === 'not-applicable') return null;
  const { comparedWith } = signal;
  const isMean = signal.rule === 'map-low' && signal.state === 'complete';
  return (
    <>
      {isMean && (
        <span className="basis-how">
          {signal.measured === true ? words.basis.measured : words.basis.calculated}
        </span>
      )}
      <Inputs inputs={signal.inputs} />
      {comparedWith !== null && (
        <span className="basis-how num">
          {words.basis.comparedWith(String(comparedWith.value), formatAge(language, comparedWith.ageMs))}
        </span>
      )}
    </>
  );
}

/** Each input on its own line: name, value, source, age, and what is unsure about it. */
function Inputs({ inputs }: { readonly inputs: readonly SignalInput[] }) {
  const { words, language } = useWords();
  if (inputs.length === 0) return <span className="basis-how">{words.basis.nothing}</span>;
  return (
    <ul className="basis-inputs">
      {inputs.map((input) => (
        <li key={input.vital} className={input.state === 'stale' ? 'basis-stale' : ''}>
          <b>
            <WithSubscripts text={vitalName(language, input.vital, 'long')} />
          </b>{' '}
          <span className="num">{writtenValue(input, words)}</span>
          {' · '}
          <span>{input.source.name}</span>
          {' · '}
          <span className="num">{formatAge(language, input.ageMs)}</span>
          {input.source.mode === 'streamed' && ` · ${words.basis.by[input.by]}`}
          {input.state === 'stale' && ` · ${words.basis.stale}`}
          {input.ambiguous && ` · ${words.basis.disagree}`}
        </li>
      ))}
    </ul>
  );
}

function writtenValue({ vital, value }: SignalInput, words: ScreenWords): string {
  if (typeof value === 'boolean') return value ? words.bed.onOxygen : words.bed.onAir;
  // Oxygen is told by its flow or fraction as well: that it is given is what scores.
  return vital === 'temp_c' && typeof value === 'number' ? value.toFixed(1) : String(value);
}
