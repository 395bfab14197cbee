/** A titled section on its own surface, and the small labels that stand beside names. */
import { type ReactNode, useId } from 'react';
import './panel.css';

export interface PanelProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

export function Panel({ title, note, actions, children, className = '' }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span className="panel-note">{note}</span>}
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}

export interface TagProps {
  readonly children: ReactNode;
  /** `tech` for technical state, `demo` for the demonstration mark. */
  readonly tone?: 'plain' | 'tech' | 'demo';
}

export function Tag({ children, tone = 'plain' }: TagProps) {
  // One child, so that the tag's gap never falls inside its words (SpO2 has a subscript).
  return (
    <span className={`tag tag-${tone}`}>
      <span>{children}</span>
    </span>
  );
}
