/** One of a list that may be long, or none of it. */
import { useId } from 'react';

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  /** What it says where none is chosen. */
  readonly none: string;
  readonly options: readonly T[];
  readonly onChange: (value: T | null) => void;
}

export function Select<T extends string>({ label, value, none, options, onChange }: SelectProps<T>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field-input"
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChange(options.find((option) => option === currentTarget.value) ?? null)
        }
      >
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </div>
  );
}
