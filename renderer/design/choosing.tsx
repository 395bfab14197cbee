/** Choosing one of a few: a segmented control for views, and large touch choosers for entry and rating. */
import { type ReactNode, useId } from 'react';
import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import './choosing.css';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly label: ReactNode;
    readonly count?: number | undefined;
  }[];
  readonly onChange: (value: T) => void;
}

export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="segmented"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => chosen(keys, options, onChange)}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} className="segmented-part">
          {option.label}
          {option.count !== undefined && <span className="segmented-count num">{option.count}</span>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

export interface ChoiceProps<T extends string> {
  readonly label: string;
  /** Null: nothing is chosen yet. A choice can be changed and not taken back. */
  readonly value: T | null;
  readonly options: readonly {
    readonly value: T;
    readonly label: ReactNode;
    readonly detail?: string | undefined;
  }[];
  readonly onChange: (value: T) => void;
  /** 76 px high, for gloves. */
  readonly critical?: boolean;
  readonly columns?: number;
}

export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  critical = false,
  columns = options.length,
}: ChoiceProps<T>) {
  const id = useId();
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={`choice ${critical ? 'choice-critical' : ''}`}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => chosen(keys, options, onChange)}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          className="choice-part"
          aria-labelledby={`${id}-${option.value}`}
          {...(option.detail === undefined ? {} : { 'aria-describedby': `${id}-${option.value}-detail` })}
        >
          <span id={`${id}-${option.value}`}>{option.label}</span>
          {option.detail !== undefined && <small id={`${id}-${option.value}-detail`}>{option.detail}</small>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function chosen<T extends string>(
  keys: Set<Key>,
  options: readonly { readonly value: T }[],
  onChange: (value: T) => void,
): void {
  const option = options.find(({ value }) => keys.has(value));
  if (option !== undefined) onChange(option.value);
}
