/** Hindi words of rule texts and literals. Latin digits; units and the names of scores are not translated. */

import type { TriggerFacts } from '../../explanation/explanation.ts';
import {
  type Driven,
  type ExplanationWords,
  plain,
  quantity,
  type Rang,
  type SpokenSpan,
  spokenSpan,
} from '../../explanation/words.ts';
import type { Direction, NumericParameter } from '../../scoring/chart.ts';
import { NEWS2_HIGH_TOTAL } from '../../scoring/news2.ts';
import type { Score } from '../../scoring/score.ts';
import { PARAMETER } from './parameters.ts';
import { risks } from './risks.ts';

const DIRECTION: Record<Direction, string> = { low: 'कम', normal: 'सामान्य', high: 'अधिक' };
const LEVEL = {
  A: 'सजग',
  C: 'नया भ्रम',
  V: 'केवल आवाज़ पर प्रतिक्रिया',
  P: 'केवल दर्द पर प्रतिक्रिया',
  U: 'कोई प्रतिक्रिया नहीं',
} as const;
/** NEWS2 response table (Royal College of Physicians, 2017): who looks, within what time. */
const RESPONSE = {
  'ward-based': 'पंजीकृत नर्स जाँच करे और आगे की निगरानी तय करे',
  'urgent-ward-based': 'वार्ड की चिकित्सा टीम समीक्षा करे',
  urgent: 'तीव्र बीमारी में कुशल चिकित्सक 1 घंटे के भीतर तत्काल आकलन करे',
  emergency: 'क्रिटिकल केयर में कुशल टीम 30 मिनट के भीतर आपात आकलन करे',
} as const;
const MONITORING = {
  '12h': 'कम से कम हर 12 घंटे पर माप',
  '4-6h': 'कम से कम हर 4–6 घंटे पर माप',
  '1h': 'कम से कम हर घंटे पर माप',
  continuous: 'लगातार निगरानी',
} as const;

function join(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} और ${parts.at(-1)}`;
}

function driver(driven: Driven): string {
  const points = `${driven.points} अंक`;
  switch (driven.parameter) {
    case 'oxygen':
      return `ऑक्सीजन पर (${points})`;
    case 'consciousness':
      return `चेतना: ${LEVEL[driven.level]} (${points})`;
    default:
      return `${PARAMETER[driven.parameter]} ${quantity(driven.parameter, driven.value)}, ${DIRECTION[driven.direction]} (${points})`;
  }
}

function headline(score: Score): string {
  if ('applicable' in score)
    return score.reason === 'pregnant'
      ? 'NEWS2 गर्भावस्था में लागू नहीं होता; कोई स्कोर नहीं दिखाया जाता।'
      : 'NEWS2 16 वर्ष से कम आयु में लागू नहीं होता; कोई स्कोर नहीं दिखाया जाता।';
  if (score.complete) return `NEWS2 ${score.total} है, जोखिम ${risks[score.risk]}।`;
  const risk = score.min_total >= NEWS2_HIGH_TOTAL ? `, जोखिम ${risks.high}` : '';
  return `NEWS2 कम से कम ${score.min_total} है${risk}; यह अधूरा है।`;
}

function trend(parameter: NumericParameter, from: number, to: number): string {
  const verb = to > from ? 'बढ़कर' : 'घटकर';
  return `${PARAMETER[parameter]} ${quantity(parameter, from)} से ${verb} ${quantity(parameter, to)}`;
}

function age(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 120 ? `${whole} मिनट` : `${Math.floor(whole / 60)} घंटे ${whole % 60} मिनट`;
}

function span({ unit, value }: SpokenSpan): string {
  return `${value} ${unit === 'minutes' ? 'मिनट' : 'घंटे'}`;
}

function held(minutes: number): string {
  return minutes < 1 ? '' : `, पिछले ${Math.round(minutes)} मिनट से`;
}

function criterion(one: Rang['met'][number]): string {
  if (one.kind === 'acvpu') return 'चेतना सजग नहीं';
  return `${PARAMETER[one.kind]} ${quantity(one.kind, one.value)}`;
}

/** Each names the value, its limit, what it was compared with or rests on, and over which time. */
function trigger(rang: TriggerFacts, { red, met, hr, sbp }: Rang): string | null {
  const { rule, value, threshold, change, mean } = rang;
  const least = rang.at_least ? 'कम से कम ' : '';
  if (rule === 'single-red') return red === null ? null : `अकेली रीडिंग लाल बैंड में: ${driver(red)}।`;
  if (value === null || threshold === null) return null;
  switch (rule) {
    case 'map-low': {
      const how =
        mean === null
          ? ''
          : mean.measured
            ? ' (मापा गया)'
            : ` (गणना: सिस्टोलिक ${plain(mean.sbp)} mmHg, डायस्टोलिक ${plain(mean.dbp)} mmHg)`;
      return `औसत धमनी दाब ${plain(value)} mmHg, सीमा ${plain(threshold)} mmHg से नीचे${held(rang.held_minutes)}${how}।`;
    }
    case 'qsofa':
      return `qSOFA 3 में से ${least}${value} (सीमा ${threshold}): ${join(met.map(criterion))}।`;
    case 'spo2-fall':
      if (change === null) return null;
      return `SpO2 ${plain(change.from)} % से घटकर ${plain(change.to)} %, पिछले ${Math.round(change.minutes)} मिनट में: ${least}${plain(value)} प्रतिशत अंक की गिरावट (सीमा: ${span(spokenSpan(change.window_minutes))} में ${plain(threshold)} से अधिक)।`;
    case 'hr-rise':
      if (change === null) return null;
      return `हृदय गति ${plain(change.from)}/min से बढ़कर ${plain(change.to)}/min, पिछले ${span(spokenSpan(change.minutes))} में: ${least}${plain(value)}/min की वृद्धि (सीमा: ${span(spokenSpan(change.window_minutes))} में ${plain(threshold)}/min)।`;
    case 'shock-index': {
      const from =
        hr === null || sbp === null ? '' : ` (हृदय गति ${plain(hr)}/min, सिस्टोलिक रक्तचाप ${plain(sbp)} mmHg)`;
      return `शॉक इंडेक्स ${plain(value)}, सीमा ${plain(threshold)} या उससे ऊपर${held(rang.held_minutes)}${from}।`;
    }
    case 'news2-rise':
      return rang.acknowledged_total === null
        ? null
        : `पिछली स्वीकृति के समय NEWS2 ${rang.acknowledged_total} था; अब ${least}${value} है।`;
    default:
      return null;
  }
}

export const hindiExplanation: ExplanationWords = {
  language: 'hi',
  headline,
  trigger,
  trends: (list) =>
    `रुझान: ${list.map(({ parameter, direction, perHour, span: over, readings }) => `${PARAMETER[parameter]} पिछले ${span(over)} में लगभग ${perHour} प्रति घंटा ${direction === 'rising' ? 'बढ़ता' : 'घटता'} क्रम (${readings} रीडिंग)`).join('; ')}।`,
  unavailable: (list) =>
    `मॉनिटर के अनुसार यह अभी मापा नहीं जा सकता: ${join(list.map((parameter) => PARAMETER[parameter]))}।`,
  driver,
  drivers: (list) => `अंक इनसे आए: ${list.map(driver).join('; ')}।`,
  noDrivers: () => 'मापी गई किसी रीडिंग का कोई अंक नहीं है।',
  changes(minutesAgo, list) {
    const moved = list.filter((change) => change.trend !== 'unchanged');
    const before = `${Math.round(minutesAgo)} मिनट पहले की रीडिंग`;
    if (moved.length === 0) return `${before} के बाद कुछ नहीं बदला।`;
    return `${before} के बाद: ${moved.map((change) => trend(change.parameter, change.from, change.to)).join('; ')}।`;
  },
  scoreChange(from, to) {
    if ('applicable' in from || 'applicable' in to || !from.complete || !to.complete) return null;
    if (from.total === to.total) return null;
    return `उस रीडिंग पर NEWS2 ${from.total} था।`;
  },
  missing: (list) =>
    `नहीं मापा गया: ${join(list.map((parameter) => PARAMETER[parameter]))}। इसे अनुपस्थित गिना जाता है, सामान्य नहीं।`,
  stale: (list) =>
    `स्कोर बनते समय जो रीडिंग वर्तमान नहीं थीं: ${list.map(({ parameter, minutes_old }) => `${PARAMETER[parameter]} (माप ${age(minutes_old)} पहले)`).join('; ')}।`,
  response: (assessment, complete) =>
    complete
      ? `NEWS2 चार्ट के अनुसार ${MONITORING[assessment.min_monitoring]}; ${RESPONSE[assessment.response]}।`
      : `कम से कम, NEWS2 चार्ट के अनुसार ${MONITORING[assessment.min_monitoring]}; ${RESPONSE[assessment.response]}। जो नहीं मापा गया, उससे अधिक की ज़रूरत हो सकती है।`,
  nothingMeasured: () => 'कुछ भी नहीं मापा गया, इसलिए कोई स्कोर नहीं है। पूरा सेट मापें और दर्ज करें।',
  derived(map, shockIndex) {
    const parts = [
      ...(map === null ? [] : [`औसत धमनी दाब ${map} mmHg`]),
      ...(shockIndex === null ? [] : [`शॉक इंडेक्स ${shockIndex}`]),
    ];
    return parts.length === 0 ? null : `गणना: ${join(parts)}।`;
  },
  summaryLead: 'इन रीडिंग का एक साथ अर्थ हो सकता है कि',
  summaryAlone: (pattern) =>
    ({
      none: 'रीडिंग का कोई समूह अलग नहीं दिखता।',
      breathing: 'जिन रीडिंग के अंक हैं वे ऑक्सीजन और फेफड़ों से जुड़ी हैं।',
      circulation: 'जिन रीडिंग के अंक हैं वे रक्त संचार से जुड़ी हैं।',
      temperature: 'जिस रीडिंग के अंक हैं वह तापमान है।',
      consciousness: 'जिस रीडिंग के अंक हैं वह चेतना है।',
      'breathing-circulation': 'जिन रीडिंग के अंक हैं वे फेफड़ों और रक्त संचार से जुड़ी हैं।',
      several: 'शरीर के कई तंत्रों की रीडिंग के अंक हैं।',
    })[pattern],
  considerLead: 'यह विचार करने योग्य है कि क्या',
  considerAlone: 'यह विचार करने योग्य है कि क्या अंक वाली रीडिंग एक साथ जुड़ी हैं।',
  weighLead: 'इसके विपरीत यह भी संभव है कि',
  weighAlone: 'इसके विपरीत यह भी संभव है कि सेंसर सही जगह पर न हो।',
  questions: (drivers, missing) => [
    ...(drivers > 0 ? ['प्रश्न: इनमें से किस रीडिंग के अंक सबसे ज़्यादा हैं, और क्यों?'] : []),
    ...(drivers > 1 ? ['प्रश्न: इनमें से किन रीडिंग का कारण एक हो सकता है?'] : []),
    ...(missing > 0 ? ['प्रश्न: जो नहीं मापा गया उसे मापने पर स्कोर में क्या बदल सकता है?'] : []),
    'प्रश्न: आप पहले कौन-सी रीडिंग दोबारा मापेंगे, और कैसे?',
  ],
  checkLead: 'अभी जाँचें:',
  checkAlone: () => 'अभी जाँचें: जिन रीडिंग के अंक हैं उन्हें दोबारा मापें और ज़िम्मेदार चिकित्सक को बताएँ।',
};
