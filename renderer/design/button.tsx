/** A button: ink for actions, never a colour of risk. */
import { type ReactNode, useId } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import './button.css';

export interface ButtonProps
  extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'isDisabled' | 'onPress'> {
  readonly variant?: 'primary' | 'secondary' | 'ghost';
  /** 76 px: acknowledge, escalate and whatever else is pressed in a hurry. */
  readonly critical?: boolean;
  /** The button's name. */
  readonly children: ReactNode;
  /** A second, smaller line: it describes the button and is not part of its name. */
  readonly detail?: ReactNode;
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  /** Why it cannot be pressed now: shown in place of the detail. */
  readonly disabledReason?: string | undefined;
  /** A key that does the same, as it is printed on the keyboard. */
  readonly shortcut?: string;
  readonly className?: string;
}

export function Button({
  variant = 'secondary',
  critical = false,
  children,
  detail,
  onPress,
  isDisabled = false,
  disabledReason,
  shortcut,
  className = '',
  ...others
}: ButtonProps) {
  const id = useId();
  const second = isDisabled && disabledReason !== undefined ? disabledReason : detail;
  const hasSecond = second !== undefined && second !== null && second !== '';
  // A caller's own label wins; else the name is the first line alone.
  const naming =
    others['aria-label'] === undefined && others['aria-labelledby'] === undefined
      ? { 'aria-labelledby': `${id}-name` }
      : {};
  return (
    <AriaButton
      {...others}
      {...naming}
      {...(hasSecond ? { 'aria-describedby': `${id}-detail` } : {})}
      isDisabled={isDisabled}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      className={`button button-${variant} ${critical ? 'button-critical' : ''} ${className}`}
    >
      <span className="button-text">
        <span className="button-name" id={`${id}-name`}>
          {children}
        </span>
        {hasSecond && (
          <small className="button-detail" id={`${id}-detail`}>
            {second}
          </small>
        )}
      </span>
      {shortcut !== undefined && (
        <span className="key-hint" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </AriaButton>
  );
}
