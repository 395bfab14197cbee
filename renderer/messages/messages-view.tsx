/** Messages that wait for a person: which, why, and one of them opened. */
import { useState } from 'react';
import { Button, Panel } from '../design/index.ts';
import { dateTime } from '../patients/date-time.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { openSignIn, useWard, useWords } from '../shell/index.ts';
import { useMay } from '../system/intake-form.tsx';
import { MessagePage } from './message-page.tsx';
import { reasonText } from './reason-text.ts';
import '../patients/patients.css';

export function MessagesView() {
  const { words, language } = useWords();
  const { messages } = words;
  const waiting = useWard((state) => state.system?.intake.waiting ?? 0);
  const asked = useQuery('messages.waiting', {}, { again: waiting });
  const may = useMay('resolve-messages');
  const [chosen, setChosen] = useState<number | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const list = asked.value?.messages ?? [];
  const open = list.find(({ id }) => id === chosen);
  return (
    <div className="messages">
      <div className="patients-side">
        <Panel title={messages.title} note={String(waiting)}>
          {said !== null && <p role="status">{said}</p>}
          <ReadNotice
            asked={asked}
            what={messages.list}
            {...(list.length === 0 ? { empty: messages.none } : {})}
          />
          {asked.value !== null && list.length > 0 && <p>{messages.keptDays(asked.value.keptDays)}</p>}
          <ul className="patients-list">
            {list.map((one) => (
              <li key={one.id}>
                <button
                  type="button"
                  className="patients-one"
                  aria-pressed={one.id === chosen}
                  onClick={() => {
                    setSaid(null);
                    setChosen(one.id);
                  }}
                >
                  <b className="num">
                    {dateTime(language, one.receivedAt)} {one.sender}
                  </b>
                  <span>
                    {messages[one.state]}: {reasonText(language, one)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
      {open === undefined || may !== true ? (
        <Panel title={messages.one}>
          <p>{chosen !== null && open === undefined && said === null ? messages.gone : messages.choose}</p>
          {may === null && <Button onPress={() => openSignIn()}>{messages.signIn}</Button>}
        </Panel>
      ) : (
        <MessagePage key={open.id} message={open} onDecided={setSaid} />
      )}
    </div>
  );
}
