/** Hindi words of a handover draft, and of the screen it stands on. */

import { quantity, spokenSpan, UNIT_OF_PARAMETER } from '../../explanation/words.ts';
import type { HandoverWords } from '../../handover/words.ts';
import type { handover as english } from '../en/handover.ts';
import { hindiCodes } from './codes.ts';
import { PARAMETER } from './parameters.ts';

export const hindiHandover: HandoverWords = {
  highestScore(hours, score, at) {
    if ('applicable' in score) return null;
    const value = score.complete ? `${score.total}` : `कम से कम ${score.min_total} (अधूरा)`;
    return `पिछले ${hours} घंटे का सबसे अधिक NEWS2: ${value}, ${at} बजे।`;
  },
  noScore: 'इस समय में कोई स्कोर दर्ज नहीं हुआ।',
  range: (hours, list) =>
    `पिछले ${hours} घंटे का न्यूनतम और अधिकतम: ${list
      .map(({ parameter, low, high }) =>
        low === high
          ? `${PARAMETER[parameter]} ${quantity(parameter, low)}`
          : `${PARAMETER[parameter]} ${quantity(parameter, low).replace(UNIT_OF_PARAMETER[parameter], '')} से ${quantity(parameter, high)}`,
      )
      .join('; ')}।`,
  notCurrent: (list) =>
    `स्कोर ऐसी रीडिंग पर टिका है जो अब वर्तमान नहीं हैं: ${list.map((parameter) => PARAMETER[parameter]).join(', ')}।`,
  ages: (list) =>
    `अब वर्तमान नहीं: ${list
      .map(({ parameter, minutes_old }) => {
        const { unit, value } = spokenSpan(minutes_old);
        return `${PARAMETER[parameter]} (${value} ${unit === 'minutes' ? 'मिनट' : 'घंटे'} पुरानी)`;
      })
      .join('; ')}।`,
  noAlerts: (hours) => `पिछले ${hours} घंटे में कोई अलर्ट नहीं, पहले का भी कोई खुला नहीं।`,
  alerts: (hours, count, open) => `पिछले ${hours} घंटे के और पहले से खुले अलर्ट: ${count}, इनमें से ${open} अभी खुले।`,
  alert: ({ rule, state, at, action, level }) =>
    `${at}: ${hindiCodes.rules[rule]}, ${hindiCodes.alertStates[state]}${action === null ? '; किसी ने कार्रवाई नहीं की' : `; अंतिम कार्रवाई: ${action.name}, ${action.at} बजे`}${level > 0 ? `; एस्केलेशन स्तर ${level}` : ''}।`,
  moreAlerts: (count) => `अलर्ट की सूची में ${count} और।`,
  scale2: 'SpO2 स्केल 2 निर्धारित है।',
  spinalInjury: 'रीढ़ की हड्डी की नस की चोट दर्ज है: NEWS2 विश्वसनीय नहीं है।',
  baseline: (total) => `इस रोगी का सामान्य NEWS2, जैसा दर्ज है: ${total}।`,
  baselineNote: 'इस रोगी के लिए सामान्य, जैसा दर्ज है:',
  limits: 'इलाज की सीमाएँ, जैसी दर्ज हैं:',
  noLimits: 'यहाँ इलाज की कोई सीमा दर्ज नहीं है।',
  subjective: 'रोगी और परिवार जो कहते हैं वह इस रिकॉर्ड में नहीं है: पूछें और जोड़ें।',
  unanswered: (count) => `${count} खुले अलर्ट का अभी कोई जवाब नहीं दिया गया।`,
  measureAgain: 'जो नहीं मापा गया या अब वर्तमान नहीं है उसे दोबारा मापें।',
  answerAll: 'हर खुले अलर्ट का जवाब दिया गया है।',
};

export const handover: typeof english = {
  title: 'हैंडओवर',
  draft: 'मसौदा, उपयोग से पहले पढ़ें',
  note: 'रिकॉर्ड से कोड ने लिखा, मॉडल के बिना। दवाएँ, तरल, जाँचें और योजनाएँ इसमें नहीं हैं: उन्हें जोड़ें।',
  form: 'रूप',
  forms: { sbar: 'SBAR', soap: 'SOAP' },
  hours: 'पिछले घंटे',
  whom: 'रोगी',
  oneBed: 'यह बेड',
  wholeWard: 'पूरा वार्ड',
  print: 'प्रिंट करें',
  made: (time) => `${time} बजे बनाया`,
  withheld: (count) => `रिकॉर्ड से मिलान में रोके गए वाक्य: ${count}। बेड की अपनी स्क्रीन पढ़ें।`,
  noBeds: 'किसी बेड पर कोई रोगी नहीं है।',
  sections: {
    situation: 'स्थिति',
    background: 'पृष्ठभूमि',
    assessment: 'आकलन',
    recommendation: 'सुझाव',
    subjective: 'रोगी का कहना',
    objective: 'माप',
    plan: 'योजना',
  },
};
