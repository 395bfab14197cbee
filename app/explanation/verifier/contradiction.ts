/**
 * Rule `contradiction`: nothing may contradict score, risk, response, presence of oxygen, consciousness, or what
 * is missing. Source: verification rule 8; NEWS2 response table.
 */
import { falseComparisons } from './comparison.ts';
import { completeness } from './completeness.ts';
import { consciousness, levelLetters } from './consciousness-level.ts';
import { toldAsFresh } from './currency.ts';
import { falseDrivers } from './driver-named.ts';
import { saidWhole } from './lower-bound.ts';
import { meanSource } from './mean-source.ts';
import { otherSystem, otherVital } from './other-reading.ts';
import { oxygenCourses } from './oxygen-course.ts';
import { oxygen } from './oxygen-presence.ts';
import { notCounted, saidAlone } from './points-denied.ts';
import { lesserResponse, response } from './response-asked.ts';
import { risk } from './risk-band.ts';
import type { Rule, Violation } from './rule.ts';
import { outsideTarget } from './target-of-scale-2.ts';

export const contradictionRule: Rule = {
  name: 'contradiction',
  check(under) {
    const { text } = under.checked;
    return [
      ...risk(text, under.facts),
      ...response(text, under.facts),
      ...oxygen(text, under.facts),
      ...consciousness(text, under.facts),
      ...completeness(text, under.facts),
      ...saidWhole(text, under.facts),
      ...toldAsFresh(text, under.facts),
      ...falseComparisons(text, under.facts),
      ...levelLetters(under),
      ...meanSource(text, under.facts),
      ...notCounted(text, under.facts),
      ...saidAlone(text, under.facts),
      ...falseDrivers(text, under.facts),
      ...oxygenCourses(text, under.facts).flatMap(({ start, end, holds }) =>
        holds ? [] : [{ start, end, message: 'The two sets tell otherwise of oxygen.' }],
      ),
      ...lesserResponse(text, under.facts),
      ...outsideTarget(text, under.facts),
      ...otherVital(under),
      ...otherSystem(under),
    ].map(({ start, end, message }): Violation => ({ rule: 'contradiction', start, end, message }));
  },
};
