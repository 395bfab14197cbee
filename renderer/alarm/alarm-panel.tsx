/** System: whether this workstation can sound alarms, and the test tone that a person answers for. */
import { useState } from 'react';
import { AUDIO_OFF_MOST_MINUTES } from '../../app/alerting/sound/audible.ts';
import { unheardReason } from '../../app/alerting/sound/fault.ts';
import { errorText } from '../../app/language/language.ts';
import { Button, Panel, Tag } from '../design/index.ts';
import { core, useRequireSignIn, useWard, useWords } from '../shell/index.ts';
import { whenText } from '../system/when.ts';
import { useSound } from './output.ts';

export function AlarmPanel() {
  const { words, language } = useWords();
  const own = words.alarm;
  const alarm = useWard((state) => state.system?.alarm ?? null);
  const { fault, known, sounding, playTone } = useSound();
  const requireSignIn = useRequireSignIn();
  const [played, setPlayed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (alarm === null) return null;
  const { tone, level } = alarm;
  const reason = unheardReason(fault, level, tone);
  const isUnheard = reason !== null;
  const state = !known ? own.looking : isUnheard ? own.unheard : own.canSound;

  const answer = (heard: boolean): void =>
    requireSignIn(() => {
      void core.command('alarm.answer-tone', { heard }).then((answered) => {
        setProblem(answered.ok ? null : errorText(language, answered.error));
        setPlayed(false);
      });
    });
  return (
    <Panel
      title={own.title}
      className="alarm-panel"
      note={own.note}
      actions={<Tag tone={isUnheard ? 'tech' : 'plain'}>{state}</Tag>}
    >
      {reason !== null && reason !== 'not-heard' && (
        <p className="system-lead system-warned">{own.fault[reason]}</p>
      )}
      {tone === null ? (
        <p className="system-lead">{own.toneNever}</p>
      ) : (
        <p className={tone.heard ? 'system-lead' : 'system-lead system-warned'}>
          {(tone.heard ? own.toneHeard : own.toneUnheard)(tone.by, whenText(language, tone.at))}
        </p>
      )}
      {level !== null && <p className="system-note num">{own.level(level.percent)}</p>}
      <p className="system-note">{own.toneLead}</p>
      <div className="system-row">
        <Button
          isDisabled={playTone === null || sounding !== null}
          {...(sounding === null ? {} : { disabledReason: own.soundsNow })}
          onPress={() => {
            playTone?.();
            setPlayed(true);
          }}
        >
          {own.playTone}
        </Button>
        {(played || sounding !== null) && (
          <>
            <Button variant="primary" onPress={() => answer(true)}>
              {own.heard}
            </Button>
            <Button onPress={() => answer(false)}>{own.notHeard}</Button>
          </>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <p className="system-note">{own.limits(alarm.audioOffMinutes, AUDIO_OFF_MOST_MINUTES)}</p>
      <p className="system-note">{own.secondary}</p>
    </Panel>
  );
}
