/** Hindi names of what NEWS2 scores, within a sentence. */
import type { News2Parameter } from '../../scoring/score.ts';

export const PARAMETER: Record<News2Parameter, string> = {
  rr: 'श्वसन दर',
  spo2: 'SpO2',
  oxygen: 'ऑक्सीजन',
  sbp: 'सिस्टोलिक रक्तचाप',
  hr: 'हृदय गति',
  consciousness: 'चेतना',
  temp: 'तापमान',
};
