/** The knowledge library: search, all cards, and the hospital's own guidelines; one card where one is opened. */
import { useState } from 'react';
import type { CardLine } from '../../app/contract/calls/knowledge.ts';
import { Field, Panel, Tag } from '../design/index.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { go } from '../shell/route.ts';
import { CardPage } from './card-page.tsx';
import { Guidelines } from './guidelines.tsx';
import './knowledge.css';

export function KnowledgeView({ card }: { readonly card: { id: string; version: number } | null }) {
  const [changes, setChanges] = useState(0);
  const changed = (): void => setChanges((count) => count + 1);
  return (
    <div className="page knowledge">
      {card === null ? (
        <>
          <Library changes={changes} />
          <Guidelines changes={changes} onChange={changed} />
        </>
      ) : (
        <CardPage key={`${card.id} ${card.version}`} id={card.id} version={card.version} />
      )}
    </div>
  );
}

function Library({ changes }: { readonly changes: number }) {
  const { words, language } = useWords();
  const { knowledge } = words;
  const [question, setQuestion] = useState('');
  const asked = useQuery('knowledge.search', { question, language }, { again: changes });
  const found = asked.value;
  return (
    <Panel
      title={knowledge.title}
      note={knowledge.note}
      actions={found !== null && <Tag>{knowledge.searched(found.searched)}</Tag>}
    >
      <Field
        label={knowledge.search}
        hint={knowledge.searchHint}
        value={question}
        maxLength={500}
        onChange={setQuestion}
      />
      {found !== null && (
        <p className="knowledge-note" role="status">
          {found.embedder === null ? knowledge.wordsOnly : knowledge.withVectors}
        </p>
      )}
      {found === null || found.cards.length === 0 ? (
        <ReadNotice
          asked={asked}
          what={knowledge.what}
          empty={question.trim() === '' ? knowledge.none : knowledge.nothingFound}
        />
      ) : (
        <ul className="knowledge-cards knowledge-found">
          {found.cards.map((card) => (
            <CardRow key={`${card.id} ${card.version}`} card={card} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function CardRow({ card }: { readonly card: CardLine }) {
  const { words } = useWords();
  const { knowledge } = words;
  return (
    <li>
      <button
        type="button"
        className="knowledge-card"
        onClick={() => go({ view: 'knowledge', card: { id: card.id, version: card.version } })}
      >
        <b lang={card.language}>{card.title}</b>
        <span className="knowledge-card-text" lang={card.language}>
          {card.text}
        </span>
        <span className="knowledge-tags">
          {card.ofGuideline && <Tag>{knowledge.ofGuideline}</Tag>}
          {card.standing !== 'in-force' && <Tag tone="tech">{knowledge.standings[card.standing]}</Tag>}
          {card.overdue && <Tag tone="tech">{knowledge.overdue}</Tag>}
        </span>
      </button>
    </li>
  );
}
