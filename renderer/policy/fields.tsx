/** Fields of a policy in a table: the column's title is their visible name, the row's their other half. */
import { useState } from 'react';
import type { Path, PolicyForm } from './policy-form.ts';

export interface PolicyFieldProps {
  readonly form: PolicyForm;
  readonly path: Path;
  readonly label: string;
  readonly onChange: (form: PolicyForm) => void;
  readonly isDisabled: boolean;
}

/**
 * A number; empty where the policy allows none. A rule without the field shows nothing. It is a field of text: one of
 * numbers swallows letters unseen, and turning the wheel over it changes a threshold.
 */
export function NumberField({ form, path, label, onChange, isDisabled }: PolicyFieldProps) {
  const [typed, setTyped] = useState('');
  const value = form.at(path);
  if (value === undefined) return null;
  // "1." is on its way to 1.5: what was typed stays as long as it means what the policy has.
  const text = Object.is(numberTyped(typed), value) ? typed : value === null ? '' : String(value);
  const isWrong = !form.reading.ok && form.reading.faults.some((fault) => fault.path === path.join('.'));
  return (
    <input
      className="field-input policy-number num"
      inputMode="decimal"
      autoComplete="off"
      maxLength={LONGEST_NUMBER}
      aria-label={label}
      aria-invalid={isWrong}
      disabled={isDisabled}
      value={text}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(form.with(path, numberTyped(currentTarget.value)));
      }}
    />
  );
}

/** More digits than any field of a policy has. */
const LONGEST_NUMBER = 12;

/** What was typed, as the policy would have it: a number, nothing, or the letters that are refused by name. */
function numberTyped(typed: string): number | string | null {
  const text = typed.trim();
  if (text === '') return null;
  return /^[-+]?\d*[.,]?\d*$/.test(text) && /\d/.test(text) ? Number(text.replace(',', '.')) : text;
}

export function OnField({ form, path, label, onChange, isDisabled }: PolicyFieldProps) {
  const value = form.at(path);
  if (typeof value !== 'boolean') return null;
  return (
    <label className="policy-on">
      <input
        type="checkbox"
        aria-label={label}
        checked={value}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange(form.with(path, currentTarget.checked))}
      />
    </label>
  );
}

export interface OneOfProps extends PolicyFieldProps {
  readonly options: readonly string[];
  readonly nameOf: (option: string) => string;
}

export function OneOfField({ form, path, label, onChange, isDisabled, options, nameOf }: OneOfProps) {
  const value = form.at(path);
  if (typeof value !== 'string') return null;
  return (
    <select
      className="field-input policy-choice"
      aria-label={label}
      disabled={isDisabled}
      value={value}
      onChange={({ currentTarget }) => onChange(form.with(path, currentTarget.value))}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {nameOf(option)}
        </option>
      ))}
    </select>
  );
}
