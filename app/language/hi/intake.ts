/** Hindi words of why a message was held or refused, and why a value was not taken. */
import type { CodeWords } from '../code-words.ts';

export const held: CodeWords['held'] = {
  'no-patient': 'संदेश में कोई मरीज़ नहीं है',
  'no-patient-id': 'संदेश में अस्पताल संख्या नहीं है',
  'several-patients': 'संदेश में एक से अधिक मरीज़ हैं',
  'no-bed': 'संदेश में बेड नहीं है',
  'bed-occupied': 'उस बेड पर यहाँ दूसरा मरीज़ है',
  'identity-differs': 'इसकी संख्या दूसरे नाम और जन्म तिथि वाले मरीज़ की है',
  'unknown-patient': 'इस संख्या का यहाँ कोई नहीं है',
  'already-here': 'मरीज़ पहले से यहाँ दूसरे बेड पर है',
  'bed-unknown': 'उस बेड पर यहाँ कभी कोई नहीं था',
  'alert-unanswered': 'मरीज़ के एक अलर्ट का उत्तर नहीं दिया गया',
  'both-in-beds': 'दोनों मरीज़ यहाँ बेड पर हैं',
  'no-merged-number': 'यह नहीं बताता कि कौन सी संख्या अब नहीं चलती',
  demonstration: 'यह नमूने के काल्पनिक मरीज़ का है',
  'not-production': 'संदेश प्रशिक्षण या परीक्षण का है',
};

export const rejected: CodeWords['rejected'] = {
  'code-unknown': 'यह माप यहाँ ज्ञात नहीं है',
  'code-disagrees': 'इसके दो कोड अलग-अलग माप बताते हैं',
  'not-a-number': 'मान संख्या नहीं है',
  'not-understood': 'मान समझा नहीं गया',
  'unit-unknown': 'इकाई ज्ञात नहीं है',
  'unit-missing': 'इकाई नहीं दी गई',
  'unit-unfit': 'इकाई इस माप की नहीं है',
  implausible: 'यह किसी जीवित व्यक्ति का मान नहीं हो सकता',
  'time-invalid': 'समय मान्य नहीं है',
  'time-imprecise': 'समय पर्याप्त सटीक नहीं है',
  'time-in-future': 'समय भविष्य का है',
  'status-unknown': 'परिणाम की स्थिति ज्ञात नहीं है',
  'not-hl7': 'यह HL7 संदेश नहीं है',
  'delimiters-invalid': 'इसके विभाजक मान्य नहीं हैं',
  'several-messages': 'कई संदेश एक होकर आए',
  'no-message-type': 'संदेश का प्रकार नहीं दिया गया',
  'no-control-id': 'संदेश की नियंत्रण संख्या नहीं है',
  'type-not-accepted': 'इस प्रकार का संदेश यहाँ नहीं लिया जाता',
  'several-patients': 'संदेश में एक से अधिक मरीज़ हैं',
  'too-many-observations': 'संदेश में एक संदेश की सीमा से अधिक मान हैं',
  'nothing-changed': 'जो यह बताता है वह पहले से ज्ञात था',
  'left-already': 'मरीज़ पहले ही जा चुका है',
  'storage-unavailable': 'सहेजा नहीं जा सका; भेजने वाला इसे फिर भेजेगा',
  'too-large': 'संदेश 1 MiB से बड़ा है',
  unfinished: 'संदेश पूरा होने से पहले टूट गया',
  'not-mllp': 'यह भेजने वाला MLLP पर HL7 नहीं बोलता',
  'control-id-reused': 'इसी संख्या से पहले दूसरा संदेश आ चुका है',
  'no-readings': 'संदेश में कोई वाइटल साइन नहीं है',
  'nothing-to-delete': 'जो यह वापस लेता है, वह कभी आया ही नहीं',
};

export const unknownReason: CodeWords['unknownReason'] = (code) => `नहीं लिया गया (${code})`;
