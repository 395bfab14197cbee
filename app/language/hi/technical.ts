/** Hindi words of technical alerts and of the figures about alerts. */
import { durationText } from '../duration.ts';
import type { ScreenWords } from '../screen-words.ts';

export const technical: ScreenWords['technical'] = {
  title: 'तकनीकी',
  note: 'मॉनिटर, घड़ी और भंडारण; मरीज़ों के अलर्ट से अलग',
  none: 'कोई तकनीकी समस्या नहीं।',
  code: {
    'feed-silent': {
      title: 'मॉनिटर मौन',
      what: () => 'मॉनिटर कुछ नहीं भेज रहा',
      whatToDo: 'मरीज़ को देखें। मॉनिटर, उसका तार और नेटवर्क जाँचें।',
    },
    'vital-missing': {
      title: 'मान नहीं आ रहा',
      what: ({ vitals = '' }) => `मॉनिटर अब नहीं भेज रहा: ${vitals}`,
      whatToDo: 'मरीज़ को देखें। सेंसर जाँचें। जो नहीं आता वह सामान्य नहीं, अनुपलब्ध गिना जाता है।',
    },
    'clock-jumped': {
      title: 'समय बदला गया',
      what: ({ seconds = 0 }) => `इस मशीन का समय ${durationText(seconds)} बदला गया`,
      whatToDo: 'आयु और प्रतीक्षा पर असर नहीं। पहले लिखे समय ग़लत हो सकते हैं: घड़ी से मिलाएँ।',
    },
    'clock-off': {
      title: 'यंत्र की घड़ी ग़लत',
      what: ({ device = 'एक यंत्र', seconds = 0 }) =>
        `${device} की घड़ी में लगभग ${durationText(seconds)} का अंतर है`,
      whatToDo:
        'यंत्र की घड़ी ठीक करें। उसके मानों की आयु पहुँचने के समय से गिनी जाती है। ठीक कर दी हो तो: फ़ीड, यंत्र, “घड़ी ठीक कर दी गई है”।',
    },
    'storage-full': {
      title: 'डिस्क भरी',
      what: () => 'कुछ सहेजा नहीं जा सकता: मॉनिटर को बताया गया, वे फिर भेजेंगे',
      whatToDo: 'प्रेक्षण काग़ज़ पर लिखें। जगह बनाने के लिए तुरंत बायोमेडिकल IT को बताएँ।',
    },
    'storage-damaged': {
      title: 'अभिलेख क्षतिग्रस्त',
      what: () => 'अभिलेख क्षतिग्रस्त था; जो पढ़ा जा सका, ले लिया गया',
      whatToDo: 'क्षतिग्रस्त फ़ाइल रखी गई है। बायोमेडिकल IT को बताएँ; खुले अलर्ट मरीज़ों से मिलाएँ।',
    },
    'backup-overdue': {
      title: 'बैकअप बाक़ी',
      what: () => 'कोई हाल का बैकअप नहीं है',
      whatToDo: 'बायोमेडिकल IT को बताएँ।',
    },
    'listener-down': {
      title: 'सुन नहीं रहा',
      what: () => 'मॉनिटर इस मशीन को नहीं भेज सकते',
      whatToDo: 'प्रेक्षण हाथ से भरें। बायोमेडिकल IT को बताएँ: पोर्ट किसी और प्रोग्राम के पास हो सकता है।',
    },
    'key-weak': {
      title: 'कुंजी की सुरक्षा कमज़ोर',
      what: () => 'अभिलेख की कुंजी केवल फ़ाइल अनुमतियों से सुरक्षित है',
      whatToDo: 'बायोमेडिकल IT कीरिंग या पासफ़्रेज़ लगा सकता है।',
    },
    'policy-unreadable': {
      title: 'नीति पढ़ी नहीं जा सकी',
      what: ({ version = '', inForce = '' }) =>
        `यह प्रोग्राम नीति का संस्करण ${version} नहीं पढ़ सकता; संस्करण ${inForce} लागू है`,
      whatToDo: 'नीति में सीमाएँ मिलाएँ और सही सीमाएँ फिर से लागू करें। पुराना पाठ रखा गया है।',
    },
  },
  acknowledge: 'देख लिया',
  seenBy: (name, time) => `${name} ने देखा, ${time}`,
  since: (time) => `${time} से`,
  whatToDo: 'क्या करें',
};

export const burden: ScreenWords['burden'] = {
  title: 'अलर्ट कितना काम माँगते हैं',
  note: (days) => `पिछले ${days} दिन, प्रदर्शन के बिना; कोष्ठक में 95 % अंतराल`,
  days: 'दिन',
  rule: 'नियम',
  fired: 'अलर्ट',
  perBedDay: 'प्रति बेड और दिन',
  actedOn: 'कार्रवाई हुई',
  toAnswer: 'उत्तर तक माध्यिका',
  all: 'सभी नियम',
  bedDays: (days) => `${days} बेड-दिन`,
  interval: (value, low, high) => `${value} (${low}–${high})`,
  none: 'इस समय में कोई अलर्ट नहीं उठा।',
};
