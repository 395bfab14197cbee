/** In place of a silent blank: that something is being read, or why it could not be and what to do. */
import type { ReactNode } from 'react';
import { errorText } from '../../app/language/language.ts';
import { Button } from '../design/index.ts';
import { useWords } from '../shell/index.ts';
import type { Asked } from './use-query.ts';
import './read-notice.css';

export interface ReadNoticeProps {
  readonly asked: Pick<Asked<unknown>, 'value' | 'error' | 'loading' | 'retry'>;
  /** What was to be read, as a sentence says it: "The history". */
  readonly what: string;
  /** What is said where the answer is there and has nothing in it. */
  readonly empty?: ReactNode;
  /** In a narrow place: what happened and the button, without the reason. */
  readonly brief?: boolean;
}

/** Shows nothing where an answer is there and is up to date. */
export function ReadNotice({ asked, what, empty, brief = false }: ReadNoticeProps) {
  const { words, language } = useWords();
  const { error, loading, value, retry } = asked;
  if (error !== null)
    return (
      <div className="read-notice read-notice-refused" role="alert">
        <div>
          <b>{words.read.refused(what)}</b>
          {!brief && (
            <p>{error.code === 'storage-unavailable' ? words.read.disk : errorText(language, error)}</p>
          )}
          {value !== null && <p>{words.read.older}</p>}
        </div>
        <Button onPress={retry}>{words.common.retry}</Button>
      </div>
    );
  if (loading)
    return (
      <p className="read-notice" role="status">
        {words.common.loading}
      </p>
    );
  return empty === undefined ? null : <p className="read-notice">{empty}</p>;
}
