/** Hindi words of the error codes: what happened and what helps, never a bare code. */
import type { CodeWords } from '../code-words.ts';
import { vitals } from './vitals.ts';

const REASONS: Record<string, string> = {
  'alert-closed': 'अलर्ट पहले ही बंद हो चुका है।',
  'demonstration-running': 'नमूना पहले से चल रहा है।',
  'no-demonstration': 'कोई नमूना नहीं चल रहा।',
  'patient-left': 'मरीज़ वार्ड से जा चुका है।',
  'alert-unanswered':
    'इस मरीज़ के एक अलर्ट का उत्तर नहीं दिया गया। उत्तर दें, या लिखें कि मरीज़ बिना उत्तर क्यों जा रहा है।',
  'both-in-beds': 'दोनों यहाँ बेड पर हैं। पहले एक को छुट्टी दें या दूसरी जगह ले जाएँ।',
  'decisions-differ':
    'दोनों रिकॉर्ड में अलग-अलग निर्णय दर्ज हैं (SpO2 स्केल, इलाज की सीमा या कुछ और)। पहले उन्हें एक जैसा करें।',
  'draft-of-another':
    'किसी और का प्रारूप पहले से है। आपका सहेजा नहीं गया। उनसे बात करें, या अपना उसकी जगह सहेजें: तब उनका हट जाएगा।',
  'same-patient': 'ये पहले से एक ही मरीज़ हैं।',
  demonstration: 'नमूने के काल्पनिक मरीज़ के साथ यह नहीं हो सकता।',
  'nothing-to-release': 'इस संदेश में लेने लायक कुछ नहीं है। इसे केवल हटाया जा सकता है।',
  'unknown-patient': 'इस संख्या का यहाँ कोई नहीं है। पहले मरीज़ को भर्ती करें।',
  'identity-differs': 'यह संख्या दूसरे नाम और जन्म तिथि वाले मरीज़ की है। यदि वही मरीज़ है तो पहले ब्योरा ठीक करें।',
  'already-here': 'मरीज़ पहले से यहाँ दूसरे बेड पर है। पहले उन्हें ले जाएँ।',
  'no-bed': 'संदेश में बेड नहीं है।',
  'bed-occupied': 'उस बेड पर दूसरा मरीज़ है। पहले उन्हें दूसरी जगह ले जाएँ।',
  'no-merged-number': 'संदेश नहीं बताता कि कौन सी संख्या अब नहीं चलती।',
  'needs-patient': 'पहले चुनें कि ये मान किसके हैं।',
  'too-many-requests': 'बहुत से अनुरोध प्रतीक्षा में हैं। थोड़ी देर में फिर कोशिश करें।',
  'name-taken': 'इस नाम का कोई पहले से है। अलग पहचान जोड़ें, जैसे बीच का नाम या कर्मचारी संख्या।',
  complete: 'यह पहले ही पूरा हो चुका है।',
  stopped: 'यह पहले ही रोका जा चुका है।',
  'rules-only': 'केवल नियम पाठ उपलब्ध है।',
  'record-open': 'रिकॉर्ड खुला है: रिकवरी कुंजी की ज़रूरत नहीं।',
  'no-recovery-key-shown': 'पुष्टि के लिए कोई रिकवरी कुंजी नहीं है। नई बनाएँ।',
  'no-recovery-key': 'पहले रिकवरी कुंजी बनाएँ: उसके बिना कोई बैकअप नहीं खोल सकता।',
  'import-not-tried': 'पहले फ़ाइल को जाँचें।',
  'no-backup-folder': 'पहले बैकअप के लिए फ़ोल्डर बताएँ।',
};

/** Why a ward's record could not be opened at the start. */
const RECORD: Record<string, string> = {
  'record-in-use': 'इस वार्ड का रिकॉर्ड दूसरे MedObsMind में खुला है। वही खिड़की इस्तेमाल करें, या उसे बंद करके फिर शुरू करें।',
  'newer-record':
    'इस वार्ड का रिकॉर्ड नए MedObsMind ने लिखा है और जैसा था वैसा ही छोड़ा गया है। काग़ज़ पर लिखें; बायोमेडिकल IT नया प्रोग्राम लगाएगा।',
  'key-unavailable':
    'इस वार्ड के रिकॉर्ड की कुंजी यहाँ नहीं खुलती, इसलिए न पढ़ा जा सकता है न सहेजा। काग़ज़ पर लिखें और बायोमेडिकल IT को बताएँ।',
  unwritable:
    'इस वार्ड के रिकॉर्ड की डिस्क कुछ नहीं ले रही, इसलिए कुछ सहेजा नहीं जा सकता। काग़ज़ पर लिखें; बायोमेडिकल IT डिस्क को इस उपयोगकर्ता के लिए लिखने योग्य बनाए।',
  unusable: 'इस वार्ड का रिकॉर्ड नहीं खुलता, इसलिए न पढ़ा जा सकता है न सहेजा। काग़ज़ पर लिखें और बायोमेडिकल IT को बताएँ।',
};

const THINGS: Record<string, string> = {
  alert: 'यह अलर्ट',
  import: 'यह फ़ाइल',
  explanation: 'यह व्याख्या',
  message: 'यह संदेश',
  patient: 'यह मरीज़',
  sample: 'नमूने की फ़ाइल',
};

const FIELDS: Record<string, string> = {
  reason: 'कारण देना ज़रूरी है।',
  minutes: 'बताएँ कितने मिनट के लिए।',
  pin: 'PIN में 4 से 12 अंक होते हैं।',
  'administrator.pin': 'PIN में 4 से 12 अंक होते हैं।',
  name: 'नाम ज़रूरी है।',
  'administrator.name': 'नाम ज़रूरी है।',
  wardName: 'वार्ड का नाम ज़रूरी है।',
  bed: 'बेड ज़रूरी है।',
  identifier: 'अस्पताल संख्या ज़रूरी है।',
  birthDate: 'यह जन्म तिथि संभव नहीं है: यह तिथि नहीं है, भविष्य की है, या 130 वर्ष से पुरानी है।',
  observedAt: 'मापने का यह समय नहीं लिया जा सकता।',
  values: 'कम से कम एक मान दर्ज करें।',
  host: 'यह पता नहीं लिया जा सकता।',
  port: 'पोर्ट 0 से 65535 तक की पूर्ण संख्या है।',
};

function vitalOf(vital: string | number | undefined): string {
  return Object.entries(vitals).find(([key]) => key === vital)?.[1].long ?? String(vital ?? '');
}

function durationText(seconds: number): string {
  return seconds < 60 ? `${seconds} सेकंड` : `${Math.ceil(seconds / 60)} मिनट`;
}

export const errors: CodeWords['errors'] = {
  'not-signed-in': () => 'पहले साइन इन करें।',
  'not-permitted': () => 'आपकी भूमिका को इसकी अनुमति नहीं है।',
  'wrong-pin': ({ left }) => (left === undefined ? 'ग़लत PIN।' : `ग़लत PIN। विराम से पहले ${left} कोशिश बाकी।`),
  'locked-out': ({ seconds }) => `कई बार ग़लत PIN। ${durationText(Number(seconds ?? 0))} बाद फिर कोशिश करें।`,
  'already-set-up': () => 'यह वार्ड पहले से तैयार है।',
  'not-set-up': () => 'पहले इस वार्ड को तैयार करें।',
  'invalid-request': ({ field }) =>
    FIELDS[String(field)] ?? 'यहाँ लिखा कुछ नहीं लिया जा सकता। कुछ भी सहेजा नहीं गया।',
  'unknown-call': () => 'प्रोग्राम के हिस्से आपस में मेल नहीं खाते। इसे फिर से शुरू करें।',
  'not-found': ({ what }) => `${THINGS[String(what)] ?? 'यह'} नहीं मिला। शायद इस बीच हट गया।`,
  'changed-meanwhile': () => 'कोई और पहले कर चुका है। नई स्थिति देखें, फिर तय करें। कुछ भी बदला नहीं गया।',
  'not-allowed-now': ({ reason }) => REASONS[String(reason)] ?? 'यह अभी संभव नहीं है।',
  'value-implausible': ({ vital, value, least, most }) =>
    `${vitalOf(vital)} ${value} सीमा ${least} से ${most} के बाहर है और माप नहीं हो सकता। कुछ भी सहेजा नहीं गया।`,
  'needs-confirmation': ({ vital, value, previous }) =>
    `${vitalOf(vital)} ${value} असामान्य है${previous === undefined ? '' : `; पिछला ${previous} था`}। पुष्टि करें या फिर से लिखें।`,
  'bed-occupied': ({ bed }) => `बेड ${bed} पर दूसरा मरीज़ है।`,
  'patient-known': ({ name, bed }) =>
    bed === undefined
      ? `यह संख्या यहाँ ${name} की है, पर दूसरे ब्योरे के साथ। कुछ भी बदला नहीं गया: दोनों को देखें और तय करें।`
      : `यह संख्या ${name} की है, जो बेड ${bed} पर हैं। कुछ भी बदला नहीं गया: दोनों को देखें और तय करें।`,
  'port-in-use': ({ port }) => `पोर्ट ${port} किसी और प्रोग्राम के पास है। दूसरा चुनें।`,
  'storage-unavailable': ({ reason }) =>
    RECORD[String(reason)] ?? 'कुछ भी सहेजा नहीं जा सकता: डिस्क नहीं ले रही। काग़ज़ पर लिखें और बायोमेडिकल IT को बताएँ।',
  'storage-full': () => 'डिस्क भर गई है: अब कुछ सहेजा नहीं जा सकता। काग़ज़ पर लिखें और बायोमेडिकल IT को तुरंत बताएँ।',
  'not-enough-data': ({ what }) =>
    `इसके लिए रिकॉर्ड में पर्याप्त जानकारी नहीं है${what === undefined ? '' : ` (${what})`}। और दर्ज होने पर फिर कोशिश करें।`,
  'file-unreadable': ({ reason }) =>
    `फ़ाइल पढ़ी नहीं जा सकती${reason === undefined ? '' : `: ${reason}`}। उससे कुछ नहीं लिया गया। फ़ाइल जाँचें और फिर चुनें।`,
  'key-wrong': () => 'यह कुंजी रिकॉर्ड नहीं खोलती। अक्षरों का हर समूह जाँचें और फिर लिखें।',
  busy: () => 'यह काम पहले से चल रहा है। पूरा होने तक रुकें, या पहले उसे रोकें।',
  'engine-unavailable': () => 'अभी व्याख्या नहीं लिखी जा सकती। नियम पाठ उसके बिना पूरा है।',
  internal: () => 'प्रोग्राम से ग़लती हुई। कुछ भी बदला नहीं गया। फिर कोशिश करें; ऐसा ही रहे तो बायोमेडिकल IT को बताएँ।',
};
