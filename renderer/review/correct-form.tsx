/** Putting a sentence right: the part by code stands before the field, the words behind it are written anew. */
import { type KeyboardEvent, useState } from 'react';
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText } from '../../app/language/language.ts';
import { useEscape } from '../alert/act-keys.ts';
import { Button, Field, Panel } from '../design/index.ts';
import { useWords } from '../shell/index.ts';

export interface CorrectFormProps {
  /** From 1. */
  readonly place: number;
  readonly literal: string;
  /** What the model wrote; empty where it was withheld. */
  readonly words: string;
  readonly error: AppError | null;
  readonly busy: boolean;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

const MOST = 380;

export function CorrectForm({
  place,
  literal,
  words: before,
  error,
  busy,
  onSave,
  onCancel,
}: CorrectFormProps) {
  const { words, language } = useWords();
  const told = words.review;
  const [text, setText] = useState(before);
  useEscape(true, onCancel);
  const empty = text.trim() === '';
  const save = () => {
    if (!empty && !busy) onSave(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    save();
  };
  return (
    <Panel
      title={told.correctSentence(place)}
      note={before === '' ? told.correctNoteWithheld : told.correctNote}
      className="review-correct"
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field saves, as in a form of one line */}
      <div onKeyDown={onKeyDown}>
        <p className="review-literal">
          <small>{told.byCode}</small> {literal}
        </p>
        <Field
          label={told.words}
          value={text}
          maxLength={MOST}
          multiline
          autoFocus
          onChange={setText}
          error={error === null ? null : errorText(language, error)}
        />
      </div>
      <div className="review-row">
        <Button variant="primary" isDisabled={empty || busy} onPress={save} shortcut="Enter">
          {told.saveWords}
        </Button>
        <Button onPress={onCancel} shortcut="Esc">
          {told.cancel}
        </Button>
      </div>
    </Panel>
  );
}
