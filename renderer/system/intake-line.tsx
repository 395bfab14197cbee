/** Where monitors send to, and what came last: live, and without anybody's identity. */
import type { IntakeView } from '../../app/contract/views.ts';
import {
  formatTime,
  holdReasonText,
  type LanguageCode,
  rejectReasonText,
  type ScreenWords,
} from '../../app/language/language.ts';
import { Button } from '../design/index.ts';
import { go, useWard, useWords } from '../shell/index.ts';

export function IntakeState() {
  const { words, language } = useWords();
  const intake = useWard((state) => state.system?.intake ?? null);
  if (intake === null) return null;
  return (
    <div className="intake-state" data-listening={intake.listening}>
      <b className="num">
        {intake.listening
          ? words.system.intakeListening(intake.host, intake.port)
          : words.system.intakeStopped}
      </b>
      {intake.problem !== null && <span className="mono">{intake.problem}</span>}
      <span className="num" aria-live="polite">
        {words.system.lastMessage}: <LastMessage intake={intake} />
      </span>
      {intake.turnedAway !== undefined && (
        <span className="num">
          {words.system.turnedAway(
            intake.turnedAway.count,
            intake.turnedAway.address === '' ? '—' : intake.turnedAway.address,
            formatTime(language, intake.turnedAway.lastAt, { seconds: true }),
            words.system.turnedAwayBecause[intake.turnedAway.reason],
          )}
        </span>
      )}
      {(intake.waiting ?? 0) > 0 && (
        <Button onPress={() => go({ view: 'messages' })}>
          {words.messages.waiting(intake.waiting ?? 0)}
        </Button>
      )}
    </div>
  );
}

function LastMessage({ intake }: { readonly intake: IntakeView }) {
  const { words, language } = useWords();
  const last = intake.lastMessage;
  if (last === null) return <>{words.system.noMessage}</>;
  return (
    <>
      <b>{formatTime(language, last.at, { seconds: true })}</b> {last.sender}, {last.ack},{' '}
      {outcomeOf(words, language, last)}
    </>
  );
}

function outcomeOf(
  words: ScreenWords,
  language: LanguageCode,
  last: NonNullable<IntakeView['lastMessage']>,
): string {
  if (last.reason === null) return words.system.valuesTaken(last.taken);
  return last.held
    ? words.system.heldBecause(holdReasonText(language, last.reason))
    : words.system.refusedBecause(rejectReasonText(language, last.reason));
}
