/** The seven rows of the form: what is typed, what stands there without typing, and the points it would score. */
import type { ReactNode } from 'react';
import { codeWords, formatAge, formatTime, vitalName } from '../../app/language/language.ts';
import type { Reading } from '../../app/observation/reading.ts';
import { VITAL_RANGES } from '../../app/observation/vital.ts';
import type { News2Parameter, Score } from '../../app/scoring/score.ts';
import { VITAL_OF_PARAMETER } from '../../app/scoring/score.ts';
import { IconCuff, IconPen, IconWave, PointsChip, WithSubscripts } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import { pointsOf } from '../vitals/standing.ts';
import type { ShownParameter } from '../vitals/writing.ts';
import { type Draft, isInRange, numberOf, type TypedField } from './draft.ts';

/** What the keypad and the choosers work on. */
export type ActiveField = TypedField | 'on_oxygen' | 'acvpu';

/** The typed field of each row; pressure has a second one, oxygen and consciousness are chosen. */
const FIELD_OF: { readonly [parameter in News2Parameter]: ActiveField } = {
  rr: 'rr',
  spo2: 'spo2',
  oxygen: 'on_oxygen',
  sbp: 'sbp',
  hr: 'hr',
  consciousness: 'acvpu',
  temp: 'temp_c',
};

export interface FieldRowsProps {
  readonly shown: readonly ShownParameter[];
  readonly diastolic: Reading;
  readonly draft: Draft;
  readonly score: Score;
  readonly toConfirm: readonly string[];
  readonly active: ActiveField;
  readonly onActive: (field: ActiveField) => void;
  readonly onType: (field: TypedField, text: string) => void;
}

export function FieldRows(props: FieldRowsProps) {
  const { shown, draft, score, active, onActive } = props;
  const { words, language } = useWords();
  return (
    <ul className="entry-rows">
      {shown.map((one) => {
        const field = FIELD_OF[one.parameter];
        const isActive = field === active || (field === 'sbp' && active === 'dbp');
        const vital = VITAL_OF_PARAMETER[one.parameter];
        const name = vitalName(language, vital, 'long');
        const points = pointsOf(one.parameter, score);
        const unit = unitWord(one.parameter, words.entry);
        return (
          <li key={one.parameter} className={`entry-row ${isActive ? 'entry-row-active' : ''}`}>
            <span className="entry-name">
              <b>
                <WithSubscripts text={one.parameter === 'sbp' ? 'BP' : vitalName(language, vital)} />
              </b>
              <small>{unit === '' ? name : unit}</small>
            </span>
            <span className="entry-box">
              {field === 'on_oxygen' || field === 'acvpu' ? (
                <button
                  type="button"
                  className="entry-chosen num"
                  aria-label={name}
                  onClick={() => onActive(field)}
                >
                  {chosenText(one, field, draft, words.ward.air, words.entry.onOxygen)}
                </button>
              ) : (
                <Inputs {...props} one={one} field={field} />
              )}
            </span>
            <SourceNote one={one} field={field} draft={draft} toConfirm={props.toConfirm} />
            {points !== undefined && <PointsChip points={points} />}
          </li>
        );
      })}
    </ul>
  );
}

function unitWord(parameter: News2Parameter, words: ReturnType<typeof useWords>['words']['entry']): string {
  switch (parameter) {
    case 'rr':
    case 'hr':
      return words.perMinute;
    case 'spo2':
      return '%';
    case 'sbp':
      return 'mmHg';
    case 'temp':
      return '°C';
    default:
      return '';
  }
}

function Inputs(props: FieldRowsProps & { readonly one: ShownParameter; readonly field: TypedField }) {
  const { one, field, diastolic } = props;
  if (field !== 'sbp') return <Input {...props} field={field} reading={one.reading} />;
  return (
    <>
      <Input {...props} field="sbp" reading={one.reading} />
      <span aria-hidden="true">/</span>
      <Input {...props} field="dbp" reading={diastolic} />
    </>
  );
}

function Input({
  field,
  reading,
  draft,
  onType,
  onActive,
  active,
}: FieldRowsProps & { readonly field: TypedField; readonly reading: Reading }) {
  const { words, language } = useWords();
  const text = draft.typed[field] ?? '';
  const number = numberOf(text);
  const wrong = text !== '' && (number === null || !isInRange(field, number));
  const { least, most, decimals } = VITAL_RANGES[field];
  const standing =
    reading.state === 'missing' || typeof reading.observed.value !== 'number'
      ? '—'
      : reading.observed.value.toFixed(decimals);
  return (
    <span className="entry-field">
      <input
        className={`entry-input num ${active === field ? 'entry-input-active' : ''}`}
        data-missing={text === '' && reading.state === 'missing'}
        aria-label={vitalName(language, field, 'long')}
        aria-invalid={wrong}
        title={wrong ? words.entry.outOfRange(String(least), String(most)) : undefined}
        inputMode="none"
        autoComplete="off"
        maxLength={5}
        placeholder={standing}
        value={text}
        onFocus={() => onActive(field)}
        onChange={(event) => onType(field, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') focusNext(event.currentTarget);
        }}
      />
    </span>
  );
}

/** Enter ends a value, as it does at a monitor: the next row's value is typed next. */
function focusNext(input: HTMLInputElement): void {
  const fields = [
    ...(input.closest('ul')?.querySelectorAll<HTMLElement>('.entry-input, .entry-chosen') ?? []),
  ];
  fields[fields.indexOf(input) + 1]?.focus();
}

function chosenText(
  one: ShownParameter,
  field: 'on_oxygen' | 'acvpu',
  draft: Draft,
  air: string,
  oxygen: string,
): ReactNode {
  if (field === 'acvpu') {
    const standing = one.reading.state === 'missing' ? '—' : one.format(one.reading.observed.value);
    return draft.acvpu === null ? standing : draft.acvpu;
  }
  if (draft.onOxygen === false) return air;
  const flow = draft.typed.o2_flow ?? '';
  if (draft.onOxygen === true) return flow === '' ? oxygen : `${flow}\u00a0L`;
  if (one.reading.state === 'missing') return '—';
  const unit = one.unit === 'L/min' ? '\u00a0L' : one.unit === '' ? '' : `\u00a0${one.unit}`;
  return `${one.format(one.reading.observed.value)}${unit}`;
}

/** Where the value comes from, in the same line: typed now, a monitor, the cuff, or an old one that is not used. */
function SourceNote({
  one,
  field,
  draft,
  toConfirm,
}: {
  readonly one: ShownParameter;
  readonly field: ActiveField;
  readonly draft: Draft;
  readonly toConfirm: readonly string[];
}) {
  const { words, language } = useWords();
  const { reading } = one;
  const typed =
    field === 'acvpu'
      ? draft.acvpu !== null
      : field === 'on_oxygen'
        ? draft.onOxygen !== null
        : (draft.typed[field] ?? '') !== '' || (field === 'sbp' && (draft.typed.dbp ?? '') !== '');
  const last = lastText();
  if (typed)
    return (
      <span className="entry-source">
        <b>
          <IconPen size={14} /> {toConfirm.includes(field) ? words.entry.toConfirm : words.entry.enteredNow}
        </b>
        {last !== null && <span>{last}</span>}
      </span>
    );
  if (reading.state === 'missing')
    return (
      <span className="entry-source">
        <b>{codeWords(language).reading.missing}</b>
        {reading.lastObservedAt !== null && (
          <span>
            {formatTime(language, reading.lastObservedAt)}, {words.entry.notUsed}
          </span>
        )}
      </span>
    );
  const { observed, ageMs, state } = reading;
  const { mode } = observed.source;
  return (
    <span className="entry-source">
      <b>
        {mode === 'streamed' ? (
          <IconWave size={14} />
        ) : mode === 'cuff' ? (
          <IconCuff size={14} />
        ) : (
          <IconPen size={14} />
        )}
        {mode === 'streamed'
          ? words.entry.monitorValue(formatAge(language, ageMs))
          : mode === 'cuff'
            ? words.entry.cuffValue(formatTime(language, observed.observedAt))
            : words.entry.handValue(formatTime(language, observed.observedAt))}
      </b>
      {state === 'stale' && <span>{codeWords(language).reading.stale}</span>}
    </span>
  );

  function lastText(): string | null {
    if (reading.state === 'missing') return null;
    return words.entry.last(
      one.format(reading.observed.value),
      formatTime(language, reading.observed.observedAt),
    );
  }
}
