/** Hindi words of the program's codes. */
import type { CodeWords } from '../code-words.ts';
import { errors } from './errors.ts';
import { held, rejected, unknownReason } from './intake.ts';
import { risks } from './risks.ts';
import { acvpu, vitals } from './vitals.ts';

export const hindiCodes: CodeWords = {
  errors,
  engine: {
    starting: {
      title: 'व्याख्या शुरू हो रही है',
      whatToDo: 'मॉडल पढ़ा और जाँचा जा रहा है। स्कोर और अलर्ट चल रहे हैं।',
    },
    ready: { title: 'व्याख्या तैयार', whatToDo: 'कुछ करना नहीं है।' },
    missing: {
      title: 'मॉडल नहीं है',
      whatToDo: 'अलर्ट केवल नियम पाठ दिखाते हैं। बायोमेडिकल IT मॉडल फ़ाइल रख सकता है; सिस्टम देखें।',
    },
    refused: {
      title: 'मॉडल अस्वीकृत',
      whatToDo: 'यह स्वीकृत फ़ाइल नहीं है। अलर्ट केवल नियम पाठ दिखाते हैं। बायोमेडिकल IT को बताएँ।',
    },
    failed: {
      title: 'व्याख्या बंद',
      whatToDo: 'इंजन विफल हुआ। स्कोर, अलर्ट और चरण उसके बिना चलते हैं। ऐसा ही रहे तो बायोमेडिकल IT को बताएँ।',
    },
    'safe-mode': {
      title: 'सुरक्षित मोड, केवल नियम',
      whatToDo:
        'प्रोग्राम मॉडल के बिना चल रहा है: वह लगातार दो बार रुक गया, या ऐसे ही शुरू किया गया। स्कोर, अलर्ट और चरण चलते हैं। बायोमेडिकल IT को बताएँ; अगली सामान्य शुरुआत मॉडल को फिर आज़माती है।',
    },
    off: { title: 'व्याख्या बंद है', whatToDo: 'अलर्ट केवल नियम पाठ दिखाते हैं।' },
  },
  rulesOnly: {
    'model-missing': 'केवल नियम पाठ: यहाँ कोई मॉडल नहीं है।',
    'model-language': 'केवल नियम पाठ: यहाँ का मॉडल यह भाषा नहीं लिखता।',
    'model-refused': 'केवल नियम पाठ: मॉडल फ़ाइल स्वीकृत नहीं है और लोड नहीं हुई।',
    'model-loading': 'केवल नियम पाठ: मॉडल अभी लोड हो रहा था।',
    'engine-failed': 'केवल नियम पाठ: व्याख्या इंजन विफल हुआ। स्कोर, अलर्ट और चरण उसके बिना चलते हैं।',
    'engine-timeout': 'केवल नियम पाठ: मॉडल ने बहुत समय लिया और रोक दिया गया।',
    'safe-mode': 'केवल नियम पाठ: प्रोग्राम सुरक्षित मोड में, मॉडल के बिना चल रहा है।',
    'stopped-by-person': 'केवल नियम पाठ: किसी ने व्याख्या रोक दी।',
    superseded: 'केवल नियम पाठ: अधिक ज़रूरी अलर्ट ने इसकी जगह ली।',
    interrupted: 'केवल नियम पाठ: लिखते समय प्रोग्राम रुक गया।',
  },
  rules: {
    'news2-high': 'NEWS2 उच्च',
    'news2-medium': 'NEWS2 मध्यम',
    'single-red': 'एक मापदंड के 3 अंक',
    'news2-rise': 'NEWS2 बढ़ा',
    'map-low': 'औसत धमनी दाब कम',
    qsofa: 'qSOFA पॉज़िटिव',
    'spo2-fall': 'SpO2 गिरा',
    'hr-rise': 'हृदय गति बढ़ी',
    'shock-index': 'शॉक इंडेक्स अधिक',
  },
  alertStates: {
    active: 'स्वीकार नहीं',
    acknowledged: 'स्वीकार किया',
    snoozed: 'स्थगित',
    escalated: 'ऊपर भेजा',
    resolved: 'ठीक हुआ',
    dismissed: 'ख़ारिज',
  },
  actions: {
    reviewed: 'स्वीकार किया, बेड पर देखा',
    'escalated-to': 'ऊपर भेजा',
    snoozed: 'स्थगित',
    escalate: 'अगले चरण पर भेजा',
    dismissed: 'ख़ारिज किया',
  },
  roles: {
    student: 'विद्यार्थी',
    nurse: 'नर्स',
    doctor: 'डॉक्टर',
    attending: 'वरिष्ठ डॉक्टर',
    'icu-admin': 'ICU प्रशासक',
    'biomedical-it': 'बायोमेडिकल IT',
  },
  vitals,
  acvpu,
  held,
  rejected,
  unknownReason,
  risks,
  // NEWS2 response table, Royal College of Physicians, 2017.
  responses: {
    'ward-based': 'वार्ड स्तर पर देखभाल',
    'urgent-ward-based': 'वार्ड टीम की शीघ्र समीक्षा',
    urgent: 'तत्काल आकलन',
    emergency: 'आपात आकलन',
  },
  monitoring: {
    '12h': 'कम से कम हर 12 घंटे पर माप',
    '4-6h': 'कम से कम हर 4 से 6 घंटे पर माप',
    '1h': 'कम से कम हर घंटे माप',
    continuous: 'लगातार निगरानी',
  },
  age: {
    seconds: (count) => `${count}\u00a0s`,
    minutes: (count) => `${count}\u00a0min`,
    hours: (hours, minutes) => (minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${minutes}\u00a0min`),
    days: (count) => `${count}\u00a0d`,
  },
  score: {
    threeInOne: 'एक में 3',
    incomplete: 'अधूरा',
    stale: 'पुराना',
    noScore: 'स्कोर नहीं',
    atLeast: (total) => `कम से कम ${total}`,
  },
  reading: {
    stale: 'पुराना',
    missing: 'अनुपस्थित',
    unknownPoints: 'अंक अज्ञात',
    byHand: 'हाथ से',
    cuff: 'कफ़',
    monitor: 'मॉनिटर',
    imported: 'आयातित',
    demonstration: 'प्रदर्शन',
    points: (points) => `${points} अंक`,
    unavailable: 'मॉनिटर माप नहीं पा रहा',
    sourcesDisagree: 'स्रोत अलग-अलग बताते हैं; अधिक अंक वाला मान गिना जाता है',
    noData: 'इस समय में कोई मान नहीं',
    trendSummary: (label, unit, count) => `${label}, ${unit}, ${count} मान`,
  },
};
