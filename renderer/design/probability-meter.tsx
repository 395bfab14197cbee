/** How sure the model was of its own words. It is token probability, not clinical certainty, and says so. */
import { type LanguageCode, screenWords } from '../../app/language/language.ts';
import './probability-meter.css';

export interface ProbabilityMeterProps {
  /** 0 to 1. */
  readonly value: number;
  readonly policy: 'shown' | 'uncertain' | 'withheld';
  readonly language: LanguageCode;
}

export function ProbabilityMeter({ value, policy, language }: ProbabilityMeterProps) {
  const words = screenWords(language).alert;
  // Rounded down: 84.9 % must not be read as a probability that would be shown without a mark.
  const percent = Math.floor(Math.min(1, Math.max(0, value)) * 100);
  const [withheld, uncertain, shown] = words.probabilityScale;
  return (
    <div className="probability">
      <div className="probability-head">
        <span>{words.probability}</span>
        <b className="num">
          {percent} %, {words.probabilityPolicy[policy]}
        </b>
      </div>
      <div className="probability-scale" aria-hidden="true">
        <i />
        <i />
        <i />
        <u style={{ left: `calc(${percent}% - 2px)` }} />
      </div>
      <div className="probability-words num" aria-hidden="true">
        <span>{withheld}</span>
        <span>{uncertain}</span>
        <span>{shown}</span>
      </div>
      <p className="probability-note">{words.probabilityNote}</p>
    </div>
  );
}
