/** The examples of a data set as a person looks at them: every hit of the recognisers marked. */
import { useState } from 'react';
import { Button, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';

const A_PAGE = 20;

export function Preview({ id, all }: { readonly id: string; readonly all: number }) {
  const { words } = useWords();
  const { learning } = words;
  const [from, setFrom] = useState(0);
  const asked = useQuery('data-set.preview', { id, from, most: A_PAGE });
  const page = asked.value;
  if (page === null) return <ReadNotice asked={asked} what={learning.preview} />;
  if (page.rows.length === 0) return <p>{learning.previewEmpty}</p>;
  return (
    <section className="learning-preview">
      <p className="learning-lead">{learning.previewNote}</p>
      <ol start={from + 1}>
        {page.rows.map(({ id: row, source, rejected, parts }) => (
          <li key={row}>
            <Tag>{learning.source[source]}</Tag>
            {rejected !== null && <Tag tone="tech">{learning.leftOut(rejected)}</Tag>}
            <p>
              {parts.map(({ text, kind }, index) => {
                const key = `${index}`;
                return kind === null ? (
                  <span key={key}>{text}</span>
                ) : (
                  <mark key={key} title={learning.identifiers[kind]}>
                    {text} <small>{learning.identifiers[kind]}</small>
                  </mark>
                );
              })}
            </p>
          </li>
        ))}
      </ol>
      <div className="learning-pages">
        <Button isDisabled={from === 0} onPress={() => setFrom(Math.max(0, from - A_PAGE))}>
          {learning.earlier}
        </Button>
        <span className="num">{learning.place(from + 1, from + page.rows.length, all)}</span>
        <Button isDisabled={!page.more} onPress={() => setFrom(from + A_PAGE)}>
          {learning.more}
        </Button>
      </div>
    </section>
  );
}
