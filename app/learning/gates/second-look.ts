/**
 * A second look at what would be read, in words of its own: it shares no rule and no list with the verifier, so that what
 * the verifier lets through by mistake is not passed by the same mistake here. It knows plain cases only, and errs to the
 * side of objecting.
 */
import type { Facts } from '../../explanation/facts.ts';
import type { News2Parameter } from '../../scoring/score.ts';

export const SECOND_LOOK = [
  'orders',
  'diagnoses',
  'dismisses',
  'is-certain',
  'invents',
  'contradicts',
] as const;
export type SecondLook = (typeof SECOND_LOOK)[number];

const DENIED = /\b(?:not|never|cannot|can't|don't|doesn't|no|without|nor|unable|नहीं|मत|बिना)\b/iu;
const HEDGED =
  /\b(?:may|might|could|whether|consider|possible|possibly|if|ask|suggests?)\b|हो सकत|शायद|क्या/iu;

const MEDICINES =
  /\b(?:antibiotics?|ceftriaxone|meropenem|noradrenaline|adrenaline|furosemide|morphine|midazolam|insulin|amiodarone|paracetamol|atropine|heparin|saline|sedatives?|antivenom|fluids?|potassium|steroids?)\b/iu;
const GIVES =
  /\b(?:give|giving|start|begin|administer|inject|prescribe[ds]?|infuse|increase|titrate|push|bolus|order(?:ed)?)\b|\b\d+ ?(?:mg|ml|mcg|µg|units?)\b/iu;
const DISEASES =
  /\b(?:pneumonia|sepsis|septic|embolism|infarction|heart attack|stroke|ketoacidosis|dengue|meningitis|haemorrhage|hemorrhage|kidney failure|poisoning|cancer)\b/iu;
const DISMISSALS =
  /\b(?:ignore (?:the|this|it)|false alarm|no need to (?:call|worry|act|tell)|nothing to worry|can (?:safely )?wait|silence (?:the|this) alarm|all is well|all clear|no action)\b/iu;
const CERTAINTIES =
  /\b(?:definitely|certainly|without (?:a|any) doubt|no doubt|guaranteed?|hundred per ?cent|will (?:die|recover|survive))\b/iu;

const NAMED: { readonly [parameter in News2Parameter]?: RegExp } = {
  rr: /\b(?:respiratory rate|breathing rate)\b/iu,
  spo2: /\b(?:oxygen saturation|saturation)\b/iu,
  sbp: /\b(?:blood pressure|systolic)\b/iu,
  hr: /\b(?:heart rate|pulse)\b/iu,
  temp: /\b(?:temperature|fever|feverish)\b/iu,
};
const UP = /\b(?:high|higher|fast|faster|raised|elevated|too much|hot|warm|warmer|fever|rapid|quick)\b/iu;
const DOWN = /\b(?:low|lower|slow|slower|cold|colder|cool|reduced|too little|dropped|weak)\b/iu;

/** What it objects to in a text that is to be read; `about`: what the sentence is about, or null. */
export function secondLook(text: string, facts: Facts, about: News2Parameter | null): SecondLook | null {
  const denied = DENIED.test(text);
  const hedged = HEDGED.test(text);
  if (MEDICINES.test(text) && GIVES.test(text) && !denied) return 'orders';
  if (DISMISSALS.test(text) && !denied) return 'dismisses';
  if (DISEASES.test(text) && !denied && !hedged) return 'diagnoses';
  if (CERTAINTIES.test(text) && !denied) return 'is-certain';
  for (const parameter of ['rr', 'spo2', 'sbp', 'hr', 'temp'] as const)
    if (facts.missing.includes(parameter) && NAMED[parameter]?.test(text) === true && !denied)
      return 'invents';
  if (about === 'rr' || about === 'sbp' || about === 'hr' || about === 'spo2' || about === 'temp') {
    const direction = facts.directions[about];
    // Only where it says one thing alone: "higher than a low pressure allows" is for a person to judge.
    if (direction === 'low' && UP.test(text) && !DOWN.test(text) && NAMED[about]?.test(text) === true)
      return 'contradicts';
    if (direction === 'high' && DOWN.test(text) && !UP.test(text) && NAMED[about]?.test(text) === true)
      return 'contradicts';
  }
  return null;
}
