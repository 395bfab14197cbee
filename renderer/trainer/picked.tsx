/** A choice under its name: what is chosen says not by itself what it is a choice of. */
import { Choice } from '../design/index.ts';

export function Picked<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className="trainer-picked">
      <span aria-hidden="true">{props.label}</span>
      <Choice {...props} />
    </div>
  );
}
