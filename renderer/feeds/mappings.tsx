/** Files of a site's own codes: which are kept, and a new one with all of its problems, if it has any. */
import { useId, useState } from 'react';
import type { QueryResult } from '../../app/contract/contract.ts';
import { errorText } from '../../app/language/language.ts';
import type { MappingProblem } from '../../app/observation/hl7/site-codes.ts';
import { useQuery } from '../query/use-query.ts';
import { core, useRequireSignIn, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';

export function Mappings() {
  const { words, language } = useWords();
  const id = useId();
  const requireSignIn = useRequireSignIn();
  const may = useMay('configure-intake');
  const [saves, setSaves] = useState(0);
  const [said, setSaid] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly MappingProblem[]>([]);
  const kept: QueryResult<'mapping.list'> = useQuery('mapping.list', {}, { again: saves }).value ?? [];

  const send = async (file: File): Promise<void> => {
    const answer = await core.command('mapping.save', { text: await file.text() });
    setProblems(answer.ok && !answer.value.saved ? answer.value.problems : []);
    if (!answer.ok) return setSaid(errorText(language, answer.error));
    if (!answer.value.saved) return setSaid(words.feeds.mappingRefused);
    setSaid(words.feeds.mappingSaved(answer.value.mapping.name, answer.value.mapping.codes));
    setSaves((before) => before + 1);
  };
  return (
    <section className="feed-mappings" aria-label={words.feeds.mappings}>
      <h3>{words.feeds.mappings}</h3>
      <p className="system-note">{words.feeds.mappingsNote}</p>
      <ul>
        {kept.map(({ name, codes }) => (
          <li key={name}>
            <b>{name}</b> {words.feeds.mappingCodes(codes)}
          </li>
        ))}
      </ul>
      {may !== false && (
        <div className="field">
          <label htmlFor={id}>{words.feeds.mappingFile}</label>
          <input
            id={id}
            type="file"
            className="field-input"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              currentTarget.value = '';
              if (file !== undefined) requireSignIn(() => void send(file));
            }}
          />
        </div>
      )}
      {said !== null && <output>{said}</output>}
      {problems.length > 0 && (
        <ul role="alert">
          {problems.map(({ row, problem, detail, line }) => (
            <li key={`${row} ${problem} ${detail}`}>
              <b>
                {line !== null && `${words.feeds.mappingLine(line)}, `}
                {words.feeds.mappingRow(row)}
              </b>{' '}
              <span className="mono">{detail}</span> {words.feeds.problems[problem]}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
