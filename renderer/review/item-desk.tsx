/** One item: the case, its text or texts, what is said of them, and the sentence that is put right. */
import { useState } from 'react';
import type { CommandResult } from '../../app/contract/contract.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel } from '../design/index.ts';
import { useCommand } from '../patients/use-command.ts';
import { ReadNotice } from '../query/read-notice.tsx';
import { useQuery } from '../query/use-query.ts';
import { useWords } from '../shell/index.ts';
import { ChooseForm, RateForm } from './answer-form.tsx';
import { CaseHead, type ReviewItem } from './case-head.tsx';
import { CorrectForm } from './correct-form.tsx';
import { useReviewKeys } from './review-keys.ts';
import { TextPanel } from './text-side.tsx';
import { useSpent } from './use-spent.ts';

export interface ItemDeskProps {
  readonly item: string;
  /** With what is said of it. */
  readonly onAnswered: (text: string) => void;
  readonly onChosen: (wrote: CommandResult<'review.choose'>) => void;
  readonly onCorrected: () => void;
}

export function ItemDesk(props: ItemDeskProps) {
  const { words } = useWords();
  const asked = useQuery('review.item', { item: props.item });
  if (asked.value !== null) return <KnownItem {...props} shown={asked.value} />;
  return (
    <Panel title={words.review.text}>
      <ReadNotice asked={asked} what={words.review.itemWhat} />
    </Panel>
  );
}

const SIDES = ['left', 'right'] as const;

function KnownItem({
  item,
  shown,
  onAnswered,
  onChosen,
  onCorrected,
}: ItemDeskProps & { readonly shown: ReviewItem }) {
  const { words, language } = useWords();
  const told = words.review;
  const sending = useCommand();
  const spent = useSpent(item);
  const isPair = shown.kind === 'pair';
  // Every sentence that may be put right, those of the left text first.
  const open = shown.sides.flatMap((side, at) =>
    side.open.flatMap((words, place) => (words === null ? [] : [{ ...words, at, place }])),
  );
  const [selected, setSelected] = useState(0);
  const [editing, setEditing] = useState(false);
  const [kept, setKept] = useState(false);
  const chosen = open[selected] ?? null;
  const move = (by: number) => {
    if (!editing && open.length > 0) setSelected((before) => (before + by + open.length) % open.length);
  };
  const edit = () => {
    if (chosen === null || sending.busy) return;
    sending.forget();
    setKept(false);
    setEditing(true);
  };
  useReviewKeys({ arrowdown: () => move(1), arrowup: () => move(-1), e: edit });

  const save = (text: string) => {
    if (chosen === null) return;
    const side = isPair ? (SIDES[chosen.at] ?? null) : null;
    const correction = { item, side, sentence: chosen.place, text: text.trim(), spentMs: spent() };
    sending.send('review.correct', correction, () => {
      setEditing(false);
      setKept(true);
      onCorrected();
    });
  };
  const busy = sending.busy || editing;
  if (editing && chosen !== null)
    return (
      <>
        <CaseHead shown={shown} />
        <Texts shown={shown} at={chosen.at} place={chosen.place} />
        <CorrectForm
          key={selected}
          place={chosen.place + 1}
          literal={chosen.literal}
          words={chosen.words}
          error={sending.error}
          busy={sending.busy}
          onSave={save}
          onCancel={() => setEditing(false)}
        />
      </>
    );
  const beside = (
    <>
      <Button
        shortcut="E"
        isDisabled={chosen === null}
        {...(chosen === null ? { disabledReason: told.cannotCorrect } : {})}
        onPress={edit}
      >
        {told.correct}
      </Button>
      <span role="status">{kept ? told.kept : ''}</span>
      {sending.error !== null && <span role="alert">{errorText(language, sending.error)}</span>}
    </>
  );
  return (
    <>
      <CaseHead shown={shown} />
      <Texts shown={shown} at={chosen?.at ?? null} place={chosen?.place ?? null} />
      {shown.opinions.length > 0 && (
        <Panel title={told.opinions} note={told.settleNote}>
          <ul className="review-opinions">
            {shown.opinions.map(({ helpfulness, accuracy }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: opinions have no names and never move
              <li key={index}>{told.opinion(helpfulness, told.accuracy[accuracy])}</li>
            ))}
          </ul>
        </Panel>
      )}
      {isPair ? (
        <ChooseForm
          busy={busy}
          onChosen={(choice) => sending.send('review.choose', { item, choice, spentMs: spent() }, onChosen)}
        >
          {beside}
        </ChooseForm>
      ) : (
        <RateForm
          busy={busy}
          onRated={(rated) =>
            sending.send(
              shown.kind === 'settle' ? 'review.settle' : 'review.rate',
              { item, ...rated, spentMs: spent() },
              () => onAnswered(told.saved),
            )
          }
        >
          {beside}
        </RateForm>
      )}
    </>
  );
}

function Texts({
  shown,
  at: chosenSide,
  place,
}: {
  readonly shown: ReviewItem;
  readonly at: number | null;
  readonly place: number | null;
}) {
  const { words } = useWords();
  const isPair = shown.kind === 'pair';
  return (
    <div className={isPair ? 'review-pair' : 'review-single'}>
      {shown.sides.map((side, at) => (
        <TextPanel
          key={SIDES[at]}
          side={side}
          title={isPair ? words.review.side[SIDES[at] ?? 'left'] : words.review.text}
          language={shown.language}
          selected={chosenSide === at ? place : null}
        />
      ))}
    </div>
  );
}
