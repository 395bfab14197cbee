/**
 * For the tests: how a claim may be said, in English, Hindi and the mixture. `#` forms are chosen by a seeded number,
 * so that every claim meets every wording in the larger run.
 */
import type { Claim, Number5, Parameter } from './record-oracle.ts';

const NAME: { readonly [parameter in Parameter]: readonly [string, string, string] } = {
  rr: ['breathing rate', 'श्वसन दर', 'saans ki dar'],
  spo2: ['saturation', 'SpO2', 'SpO2'],
  oxygen: ['oxygen', 'ऑक्सीजन', 'oxygen'],
  sbp: ['systolic pressure', 'रक्तचाप', 'BP'],
  hr: ['pulse', 'नाड़ी', 'pulse'],
  consciousness: ['consciousness', 'चेतना', 'consciousness'],
  temp: ['temperature', 'तापमान', 'temperature'],
};
const UNIT: { readonly [vital in Number5]: string } = {
  rr: ' /min',
  spo2: ' %',
  sbp: ' mmHg',
  hr: ' /min',
  temp: ' °C',
};
const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];

function listed(parameters: readonly Parameter[], language: 0 | 1 | 2): string {
  const names = parameters.map((one) => (language === 0 ? `the ${NAME[one][0]}` : NAME[one][language]));
  const and = language === 0 ? ' and ' : language === 1 ? ' और ' : ' aur ';
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')}${and}${names.at(-1)}`;
}
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
function shown(vital: Number5, value: number): string {
  return vital === 'temp' ? value.toFixed(1) : String(value);
}

/** Every wording of a claim. */
export function wordingsOf(claim: Claim): readonly string[] {
  switch (claim.kind) {
    case 'value': {
      const [en, hi, mix] = NAME[claim.vital];
      const value = shown(claim.vital, claim.value);
      const unit = UNIT[claim.vital];
      return [
        `The ${en} is ${value}${unit}.`,
        `A ${en} of ${value}${unit} was charted in this set.`,
        `At ${value}${unit} stands the ${en}.`,
        `${hi} ${value}${unit} है।`,
        `${mix} ab ${value}${unit} hai.`,
      ];
    }
    case 'state': {
      const [en, hi, mix] = NAME[claim.vital];
      const beats = claim.vital === 'rr' || claim.vital === 'hr';
      const { state } = claim;
      const word =
        state === 'normal' ? 'within its normal band' : beats ? (state === 'low' ? 'slow' : 'fast') : state;
      const hindi = state === 'normal' ? 'सामान्य' : state === 'low' ? 'कम' : 'अधिक';
      const roman = state === 'normal' ? 'normal' : state === 'low' ? 'kam' : 'zyada';
      return [
        `The ${en} is ${word}.`,
        `In this set the ${en} lies ${state === 'normal' ? 'within' : state === 'low' ? 'below' : 'above'} the normal range.`,
        `${hi} ${hindi} है।`,
        `${mix} ${roman} hai.`,
      ];
    }
    case 'course': {
      const [en, hi, mix] = NAME[claim.vital];
      const [from, to] = [shown(claim.vital, claim.from), shown(claim.vital, claim.to)];
      const unit = UNIT[claim.vital];
      return [
        `The ${en} went from ${from} to ${to}${unit}.`,
        `The ${en} was ${from}${unit} before and is ${to}${unit} now.`,
        `From ${from} to ${to}${unit}: that is the course of the ${en}.`,
        `The ${en} is now ${to}${unit} against ${from}${unit} in the last set.`,
        `${hi} ${from} से ${to}${unit} हुई।`,
        `${mix} pehle ${from} tha, ab ${to}${unit} hai.`,
      ];
    }
    case 'way': {
      const [en, hi, mix] = NAME[claim.vital];
      const up = claim.way === 'up';
      return [
        `The ${en} has ${up ? 'risen' : 'fallen'} since the last set.`,
        `The ${en} is ${up ? 'higher' : 'lower'} than before.`,
        `${hi} पिछली रीडिंग से ${up ? 'बढ़ी' : 'घटी'} है।`,
        `${mix} ${up ? 'badh gaya' : 'gir gaya'} hai.`,
      ];
    }
    case 'change': {
      const [en, hi, mix] = NAME[claim.vital];
      const up = claim.way === 'up';
      const by = shown(claim.vital, claim.by);
      const unit = UNIT[claim.vital];
      return [
        `The ${en} is ${up ? 'up' : 'down'} by ${by}${unit}.`,
        `${capital(en)} ${up ? 'up' : 'down'} ${by} since the last set.`,
        `The ${en} is ${by}${unit} ${up ? 'higher' : 'lower'} than in the previous set.`,
        `There is a ${up ? 'rise' : 'fall'} of ${by}${unit} in the ${en} between the two sets.`,
        `${hi} ${by} ${up ? 'बढ़ी' : 'घटी'} है।`,
        `${mix} ${by}${unit} ${up ? 'badha' : 'gira'} hai.`,
      ];
    }
    case 'points': {
      const [en, hi, mix] = NAME[claim.parameter];
      const s = claim.points === 1 ? '' : 's';
      return [
        `The ${en} takes ${claim.points} point${s}.`,
        `${claim.points} point${s} for the ${en}.`,
        `The ${en} scores ${claim.points}.`,
        `The ${en} brings ${SMALL[claim.points]} point${s} into the score.`,
        `${hi} के ${claim.points} अंक हैं।`,
        `${mix} ke ${claim.points} points hain.`,
      ];
    }
    case 'each': {
      const en = listed(claim.parameters, 0);
      return [
        `${capital(en)} take ${claim.points} each.`,
        `${claim.points} points each come from ${en}.`,
        `${capital(en)} bring ${SMALL[claim.points]} points apiece.`,
        `${listed(claim.parameters, 1)} को ${claim.points}-${claim.points} अंक मिलते हैं।`,
      ];
    }
    case 'sum': {
      const en = listed(claim.parameters, 0);
      return [
        `${capital(en)} together take ${claim.points} points.`,
        `${capital(en)} add up to ${claim.points}.`,
        `Together, ${en} make ${claim.points} points.`,
        `${listed(claim.parameters, 1)} मिलकर ${claim.points} अंक देते हैं।`,
        `${listed(claim.parameters, 2)} milkar ${claim.points} points dete hain.`,
      ];
    }
    case 'total':
      return [
        `The total is ${claim.total}.`,
        `All in all the score comes to ${claim.total}.`,
        `${claim.total} points in all.`,
        `NEWS2 stands at ${claim.total} now.`,
        `कुल स्कोर ${claim.total} है।`,
        `Total score ${claim.total} hai.`,
      ];
    case 'total-course':
      return [
        `The total went from ${claim.from} to ${claim.to}.`,
        `The score was ${claim.from} before and is ${claim.to} now.`,
        `स्कोर पहले ${claim.from} था, अब ${claim.to} है।`,
        `Score ${claim.from} se ${claim.to} ho gaya.`,
      ];
    case 'scoring':
      return [
        `${capital(SMALL[claim.count] ?? '')} of the seven parameters score.`,
        `In this set ${claim.count} parameters take points.`,
        `${capital(SMALL[claim.count] ?? '')} parameters are outside their normal band.`,
        `सात में से ${claim.count} मान अंक दे रहे हैं।`,
        `${claim.count} parameters score kar rahe hain.`,
      ];
    case 'red':
      return [
        `${capital(SMALL[claim.count] ?? '')} parameters score 3.`,
        `${claim.count} parameters are in the red.`,
        `${claim.count} पैरामीटर 3 अंक दे रहे हैं।`,
      ];
    case 'elapsed':
      return [
        `The two sets lie ${claim.minutes} minutes apart.`,
        `The last set was taken ${claim.minutes} minutes ago.`,
        `There are ${claim.minutes} minutes between the two sets.`,
        `पिछली रीडिंग ${claim.minutes} मिनट पहले की है।`,
        `Pichli reading ${claim.minutes} minute pehle ki hai.`,
      ];
  }
}
