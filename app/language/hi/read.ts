/** Hindi words of what is read from the core: that it could not be, and what was to be read. */
import type { ScreenWords } from '../screen-words.ts';

export const read: ScreenWords['read'] = {
  refused: (what) => `${what} पढ़ा नहीं जा सका।`,
  older: 'यहाँ जो है वह पहले पढ़ा गया था और पुराना हो सकता है।',
  disk: 'डिस्क से यह नहीं मिल रहा। फिर कोशिश करें; ऐसा ही रहे तो बायोमेडिकल IT को बताएँ।',
  history: 'इस बेड का इतिहास',
  alerts: 'अलर्ट का अभिलेख',
  alert: 'यह अलर्ट',
  explanation: 'व्याख्या का पाठ',
  valuesAtFiring: 'अलर्ट उठने के समय का अभिलेख',
};
