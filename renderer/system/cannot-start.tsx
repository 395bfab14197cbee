/**
 * In place of the ward where the core could not open its record: what happened and what to do. In both languages, for
 * the ward's own is in the record.
 */
import type { AppError } from '../../app/contract/outcome.ts';
import { errorText, screenWords } from '../../app/language/language.ts';
import { Panel } from '../design/index.ts';
import './cannot-start.css';

const LANGUAGES = ['en', 'hi'] as const;

export function CannotStart({ error }: { readonly error: AppError }) {
  return (
    <main className="cannot-start">
      <Panel title="MedObsMind">
        <div role="alert">
          {LANGUAGES.map((language) => (
            <p key={language} lang={language}>
              <b>{errorText(language, error)}</b>
              <small>{screenWords(language).common.assistiveOnly}</small>
            </p>
          ))}
        </div>
      </Panel>
    </main>
  );
}
