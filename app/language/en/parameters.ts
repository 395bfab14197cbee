/** English names of what NEWS2 scores, within a sentence. */
import type { News2Parameter } from '../../scoring/score.ts';

export const PARAMETER: Record<News2Parameter, string> = {
  rr: 'respiratory rate',
  spo2: 'SpO2',
  oxygen: 'oxygen',
  sbp: 'systolic blood pressure',
  hr: 'heart rate',
  consciousness: 'consciousness',
  temp: 'temperature',
};
