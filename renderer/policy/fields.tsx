/** Fields of a policy in a table: the column's title is their visible name, the row's their other half. */
import type { Path, PolicyForm } from './policy-form.ts';

export interface PolicyFieldProps {
  readonly form: PolicyForm;
  readonly path: Path;
  readonly label: string;
  readonly onChange: (form: PolicyForm) => void;
  readonly isDisabled: boolean;
}

/** A number; empty where the policy allows none. A rule without the field shows nothing. */
export function NumberField({ form, path, label, onChange, isDisabled }: PolicyFieldProps) {
  const value = form.at(path);
  if (value === undefined) return null;
  const isWrong = !form.reading.ok && form.reading.faults.some((fault) => fault.path === path.join('.'));
  return (
    <input
      className="field-input policy-number num"
      type="number"
      step="any"
      aria-label={label}
      aria-invalid={isWrong}
      disabled={isDisabled}
      value={typeof value === 'number' ? value : ''}
      onChange={({ currentTarget }) => {
        const number = currentTarget.valueAsNumber;
        onChange(form.with(path, Number.isNaN(number) ? null : number));
      }}
    />
  );
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
