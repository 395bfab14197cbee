/** In the top bar of every view: the way to put the alarm's sound off for a while, and until when it is. */
import { useEffect, useState } from 'react';
import { isAudioOff } from '../../app/alerting/sound/audible.ts';
import { unheardReason } from '../../app/alerting/sound/fault.ts';
import { errorText, formatTime } from '../../app/language/language.ts';
import { Button, IconSound, IconSoundOff } from '../design/index.ts';
import { useNow } from '../shell/clock.ts';
import { core } from '../shell/core.ts';
import { go } from '../shell/route.ts';
import { useRequireSignIn } from '../shell/sign-in-state.ts';
import { useWard } from '../shell/ward-store.ts';
import { useWords } from '../shell/words.ts';
import './alarm.css';
import { useSound } from './output.ts';

/** How long a refusal stands in the bar (ms). Ours. */
const PROBLEM_MS = 15_000;

export function AudioOff() {
  const { words, language } = useWords();
  useNow();
  const requireSignIn = useRequireSignIn();
  const alarm = useWard((state) => state.system?.alarm ?? null);
  const fault = useSound((state) => state.fault);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (problem === null) return;
    const timer = setTimeout(() => setProblem(null), PROBLEM_MS);
    return () => clearTimeout(timer);
  }, [problem]);
  if (alarm === null) return null;
  const own = words.alarm;
  const off = isAudioOff(alarm.audioOff, Date.now()) ? alarm.audioOff : null;
  const isUnheard = unheardReason(fault, alarm.level, alarm.tone) !== null;

  const press = async (name: 'alarm.audio-off' | 'alarm.audio-on'): Promise<void> => {
    const answer = await core.command(name, {});
    setProblem(answer.ok ? null : errorText(language, answer.error));
  };
  return (
    <span className="audio">
      {isUnheard && (
        <button type="button" className="audio-unheard" onClick={openPanel}>
          <IconSoundOff size={18} />
          <span>
            <b>{own.unheard}</b>
            <small className="audio-more">{own.unheardMore}</small>
          </span>
        </button>
      )}
      {problem !== null && (
        <span className="audio-problem" role="alert">
          {problem}
        </span>
      )}
      {off === null ? (
        fault === null && (
          <Button
            variant="ghost"
            aria-label={own.putOffFor(alarm.audioOffMinutes)}
            onPress={() => requireSignIn(() => void press('alarm.audio-off'))}
          >
            <span className="audio-press">
              <IconSound size={20} />
              <span className="audio-word">{own.putOff}</span>
            </span>
          </Button>
        )
      ) : (
        <span className="audio-off" role="status">
          <IconSoundOff size={18} />
          <span className="audio-told">
            <b>{own.offUntil(formatTime(language, off.until))}</b>
            <small className="audio-more">{own.monitorsSound}</small>
          </span>
          <Button aria-label={own.soundOn} onPress={() => void press('alarm.audio-on')}>
            <span className="audio-press">
              <IconSound size={18} />
              <span className="audio-word">{own.turnOn}</span>
            </span>
          </Button>
        </span>
      )}
    </span>
  );
}

/** System is long: what is asked for comes into sight once it is painted. */
function openPanel(): void {
  go({ view: 'system' });
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector('.alarm-panel')?.scrollIntoView({ block: 'start' })),
  );
}
