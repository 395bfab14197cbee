/** The desk: one item after another, answered by keys or by touch. What was answered last can be taken back. */
import { useState } from 'react';
import type { CommandResult } from '../../app/contract/contract.ts';
import { errorText, formatNumber } from '../../app/language/language.ts';
import { Button, Panel } from '../design/index.ts';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { type Asked, useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { ItemDesk } from './item-desk.tsx';
import { KeysPanel, OwnPanel, QueuePanel, type ReviewQueue } from './queue-panel.tsx';
import { useReviewKeys } from './review-keys.ts';

type Wrote = CommandResult<'review.choose'>['left'];

export function Desk() {
  const { words } = useWords();
  const [changes, setChanges] = useState(0);
  const asked = useQuery('review.queue', {}, { again: changes });
  if (asked.value === null)
    return (
      <Panel title={words.review.queue}>
        <ReadNotice asked={asked} what={words.review.what} />
      </Panel>
    );
  return <Queue asked={asked} queue={asked.value} onChange={() => setChanges((before) => before + 1)} />;
}

interface QueueProps {
  readonly asked: Asked<unknown>;
  readonly queue: ReviewQueue;
  readonly onChange: () => void;
}

function Queue({ asked, queue, onChange }: QueueProps) {
  const { words, language } = useWords();
  const told = words.review;
  /** Answered here; the queue that is read next is without it. */
  const [answered, setAnswered] = useState<readonly string[]>([]);
  const [later, setLater] = useState<readonly string[]>([]);
  /** What was taken back stands here again, whatever the queue says. */
  const [again, setAgain] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const undoing = useCommand();

  const open = queue.items.filter(({ item }) => !answered.includes(item) && item !== again);
  const inOrder = [
    ...open.filter(({ item }) => !later.includes(item)),
    ...later.flatMap((item) => open.find((one) => one.item === item) ?? []),
  ];
  const waiting = [...queue.items.filter(({ item }) => item === again), ...inOrder];
  const current = again ?? inOrder[0]?.item ?? null;

  const onAnswered = (item: string, text: string) => {
    setAnswered((before) => [...before, item]);
    setAgain(null);
    setSaid(text);
    onChange();
  };
  const nextOne = () => {
    if (current === null) return;
    setAgain(null);
    setLater((before) => [...before.filter((item) => item !== current), current]);
    setSaid('');
  };
  const { last } = queue;
  const undo = () => {
    if (last === null || undoing.busy) return;
    undoing.send('review.withdraw', { actId: last.actId }, () => {
      setAnswered((before) => before.filter((item) => item !== last.item));
      setAgain(last.item);
      setSaid(told.undone);
      onChange();
    });
  };
  useReviewKeys({ n: nextOne, u: undo });
  const nameOf = (model: Wrote): string =>
    model === null
      ? told.unknownModel
      : model.adapter === null
        ? model.name
        : told.withAdapter(model.name, model.adapter);

  return (
    <div className="review-desk">
      <div className="review-side">
        <QueuePanel queue={queue} waiting={waiting} current={current} />
        <div className="review-moves">
          <Button shortcut="N" isDisabled={current === null} onPress={nextOne}>
            {told.next}
          </Button>
          <Button shortcut="U" isDisabled={last === null || undoing.busy} onPress={undo}>
            {told.undo}
          </Button>
        </div>
        <p className="review-said" role="status">
          {undoing.error === null ? said : errorText(language, undoing.error)}
        </p>
      </div>
      <div className="review-main">
        {asked.error !== null && <ReadNotice asked={asked} what={told.what} brief />}
        {current === null ? (
          <Panel title={queue.done > 0 ? told.doneTitle : told.emptyTitle}>
            <p>{queue.done > 0 ? told.doneToday(formatNumber(language, queue.done)) : told.empty}</p>
          </Panel>
        ) : (
          <ItemDesk
            key={current}
            item={current}
            onAnswered={(text) => onAnswered(current, text)}
            onChosen={({ left, right }) => onAnswered(current, told.wrote(nameOf(left), nameOf(right)))}
            onCorrected={onChange}
          />
        )}
      </div>
      <div className="review-aside">
        <OwnPanel own={queue.own} />
        <KeysPanel />
      </div>
    </div>
  );
}
