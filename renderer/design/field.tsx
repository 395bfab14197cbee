/** A labelled field with its error, and the keypad that types into fields by touch. */
import { useContext, useEffect, useId, useRef } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { screenWords } from '../../app/language/language.ts';
import { IconDelete } from './icons.tsx';
import { ScreenLanguage } from './screen-language.ts';
import './field.css';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'date' | 'number';
  readonly error?: string | null | undefined;
  readonly hint?: string | undefined;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly multiline?: boolean;
  readonly isDisabled?: boolean;
}

/** A shorter field shows by itself that it is full. */
const TOLD_FROM = 64;
/** A field of so few characters needs not the width of its column. */
const SHORT = 8;

export function Field({
  label,
  value,
  onChange,
  type = 'text',
  error = null,
  hint,
  autoFocus = false,
  maxLength,
  multiline = false,
  isDisabled = false,
}: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);
  const language = useContext(ScreenLanguage);
  const isFull = maxLength !== undefined && maxLength >= TOLD_FROM && value.length >= maxLength;
  const full = isFull && type !== 'password' ? screenWords(language).common.fieldFull(maxLength) : null;
  const note = error ?? full ?? hint ?? null;
  const shared = {
    ref: input,
    id,
    value,
    className: 'field-input',
    autoComplete: 'off',
    disabled: isDisabled,
    'aria-invalid': error !== null,
    ...(note === null ? {} : { 'aria-describedby': `${id}-note` }),
    ...(maxLength === undefined ? {} : { maxLength }),
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <div
      className="field"
      data-invalid={error !== null}
      data-short={maxLength !== undefined && maxLength <= SHORT}
    >
      <label htmlFor={id}>{label}</label>
      {multiline ? <textarea {...shared} rows={3} /> : <input {...shared} type={type} />}
      {note !== null && (
        <p
          id={`${id}-note`}
          className="field-note"
          role={error === null && full === null ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  );
}

export interface KeypadProps {
  readonly onDigit: (digit: string) => void;
  /** Left out where the value has no decimals. */
  readonly onPoint?: (() => void) | undefined;
  readonly onDelete: () => void;
  readonly label: string;
  /** The name of the key that takes the last digit back. */
  readonly deleteLabel?: string;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits of 76 px in the order of a telephone, as infusion pumps and PIN pads have it. */
export function Keypad({ onDigit, onPoint, onDelete, label, deleteLabel = 'Delete' }: KeypadProps) {
  // Keys don't take the focus: it stays in the field that they type into.
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a form control's frame to plain keys
    <div className="keypad" role="group" aria-label={label}>
      {DIGITS.map((digit) => (
        <Key key={digit} onPress={() => onDigit(digit)}>
          {digit}
        </Key>
      ))}
      {onPoint === undefined ? <span /> : <Key onPress={onPoint}>.</Key>}
      <Key onPress={() => onDigit('0')}>0</Key>
      <Key onPress={onDelete} name={deleteLabel}>
        <IconDelete size={28} />
      </Key>
    </div>
  );
}

function Key({
  onPress,
  name,
  children,
}: {
  readonly onPress: () => void;
  readonly name?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <AriaButton
      className="key num"
      preventFocusOnPress
      onPress={() => onPress()}
      {...(name === undefined ? {} : { 'aria-label': name })}
    >
      {children}
    </AriaButton>
  );
}
