/**
 * Hindi written in Latin letters, as wards type it ("saans tez hai"), read as Devanagari, so that one vocabulary
 * serves both scripts. Spellings differ by writer; a skeleton (long vowels, z/j, w/v, doubled letters, final
 * nasal) makes them one. No entry is an English word of the approved vocabulary.
 */

/** Devanagari, then spellings. `=` before a spelling: only exactly so, because the skeleton is an English word. */
const SURE = `
है hai|था tha|थी thi|नहीं nahi nhi|में =mein|को ko|का ka|की ki|के ke|से se|ने ne|तक tak|भी bhi|और aur|या ya
लेकिन lekin magar|क्योंकि kyunki kyonki kyuki|इसलिए isliye|अगर agar yadi|क्या kya|यह yeh yah =ye|वह woh wo
इसका iska|इसकी iski|इसको isko|उसको usko|कुछ kuch|कोई koi|सब sab|सभी sabhi|बहुत bahut bohot bahot|थोड़ा thoda
सिर्फ़ sirf|केवल keval|बस bas|बिल्कुल bilkul|अब ab|अभी abhi|पहले pehle pahle|बाद =baad|कल kal|सुबह subah subha
शाम =shaam|रात =raat|घंटे ghante ghanta|दोबारा dobara dubara|फिर phir|पिछले pichle|साथ =saath|बिना bina|लिए liye
वाला wala|वाली wali|अपने apne|आप =aap|खुद khud|ऊपर upar|नीचे neeche
कर kar|करें karein karen|करो karo|करना karna|करने karne|करके karke|किया kiya|कीजिए kijiye|करेंगे karenge
दे =de|दें =dein|दीजिए dijiye dijie|दिया diya|देना dena|देंगे denge|लो =lo|लें =lein|लेना lena|लिया liya
लीजिए lijiye|लेंगे lenge|हो =ho|होना hona|होगा hoga|होगी hogi|हुआ hua|हुई hui|होकर hokar|होता hota|होती hoti
रहा raha|रही rahi|रहे rahe|गया gaya|गई gayi gai|गए gaye|जा =ja|जाए jaye|जाएगा jayega jaega|जाएगी jayegi jaegi
सकता sakta|सकती sakti|सकते sakte|चाहिए chahiye chahie|लगा laga|लगाओ lagao|लगाएं lagayein|लगता lagta
रखो rakho|रखें rakhein|देखें dekhein dekhen|देखो dekho|देख dekh|देखना dekhna|देखेंगे dekhenge|बताएँ batayein
बताओ batao|बताना batana|बता =bata|मापें mapein|नापें napein|पूछें puchein poochein|पूछो pucho|पूछ puch
बुलाएँ bulayein|बुलाओ bulao|बुलाने bulane|छोड़ chod|रोक rok|रोकें rokein|बढ़ badh|बढ़ा badha|बढ़ाओ badhao
बढ़ाएँ badhayein|बढ़ी badhi|बढ़कर badhkar|घट ghat|घटा ghata|घटाओ ghatao|घटकर ghatkar|गिर =gir|गिरा gira
गिरकर girkar|सुधर sudhar|बिगड़ bigad|बिगड़ी bigdi|समझें samjhein|समझो samjho|चल chal|चालू chalu|शुरू shuru
अनदेखा andekha|नज़रअंदाज़ nazarandaz|चुप chup|तेज़ tez tej|धीमा dheema|धीमी dheemi|धीरे dheere|ठंडा thanda
ठंडी thandi|ठंड thand|गर्म garam garm|कम kam|ज़्यादा zyada|अधिक adhik|ऊँचा uncha|सामान्य samanya|ठीक theek
अच्छा accha|बेहतर behtar|खराब kharab|स्थिर sthir|गलत galat|झूठा jhootha|मरीज़ mareez|रोगी rogi|बुखार bukhar
साँस saans|साँसें saansein|नाड़ी nadi nabz nabj|धड़कन dhadkan|दिल dil|तापमान tapman|रक्तचाप raktchap|खून khoon
दर्द dard|खाँसी khansi|उल्टी ulti|चक्कर chakkar|सूजन sujan|पसीना pasina|बेहोश behosh|होश hosh|बेचैनी bechaini
थकान thakan|कमज़ोरी kamzori|सिरदर्द sirdard sardard|पेट =pet|पेशाब peshab|दवा dawa|दवाई dawai|गोली goli
चोट chot|दौरा daura|फूल =phool =phul|फूलने phoolne|फूलना phoolna|त्वचा twacha|पुतली putli|होंठ honth|सीने seene
कंपकंपी kampkampi|घबराहट ghabrahat|संक्रमण sankraman|निमोनिया nimonia nimoniya|शायद shayad|संभव sambhav
पक्का pakka|निश्चित nishchit|ज़रूरत zaroorat|ज़रूरी zaroori|ज़रूर zaroor|चिंता chinta|घबराने ghabrane
डरने darne|दिक्कत dikkat|परेशानी pareshani|खतरा khatra|समस्या samasya|बात =baat|मतलब matlab|अर्थ arth
वजह wajah|कारण =kaaran|उम्मीद ummeed|मौत maut|मरेगा marega|मरेगी maregi|बचेगा bachega|बचेगी bachegi|बचने bachne
हालत halat|इंतज़ार intezar intzar intazar|रुक ruk|पता pata|मालूम maloom|दर्ज darj|जाँच janch|मापा =mapa =maapa =naapa =napa|मापी =maapi =naapi|दबाव dabav|ली =li|ध्यान dhyan|संभावना sambhavna|ठंडे thande|आराम aaram|ज़िंदा zinda|आँखें aankhein|पीली peeli|पीला peela|नीला =neela|नीली =neeli|गंभीर gambhir|चिल्ला chilla|जल्दी jaldi|तुरंत turant|शरीर sharir|जगाओ jagao|बुला bula|देखते dekhte
कहा =kaha|कह =keh =kah|इलाज ilaj|एक =ek|पाँच panch|सात =saat|आठ =aath|नौ =nau|पचास pachas|सौ =sau
प्रतिशत pratishat|आधा =aadha|दोगुना doguna dugna|भर्ती bharti|खाँस khans|फेफड़े phephde fefde
पुरानी purani|पुराना purana|पुराने purane|हवा hawa|आवाज़ awaaz awaz aawaz|प्रतिक्रिया pratikriya|रहता rehta rahta|रहती rehti rahti|रहने rehne rahne
मापे =naape =maape|चुकी chuki|चुका chuka|चुके chuke|कहना kehna kahna|मुमकिन mumkin|नामुमकिन namumkin|बताया bataya|दोनों dono donon|तीनों teenon teeno|जोड़ jod|जोड़कर jodkar jodkr|मिलाकर milakar|मिलकर milkar|प्रत्येक pratyek|हर =har|भाग bhaag bhag|बराबर barabar|घटाकर ghatakar|अलग alag|वही wohi|पिछली pichli pichhli|पिछला pichla pichhla|हटा =hata|हटाई hatai|लगी lagi|पूरा poora pura|अधूरा adhura|छूटा chhoota|रहना rehna
बढ़ती badhti|बढ़ता badhta|बढ़ते badhte|गिरती girti|गिरता girta|घटती ghatti|घटता ghatta|उतर utar|उतरता utarta|चढ़ chadh|चढ़ता chadhta
दौड़ daud|शक shak|बारे =baare|सोचें sochein|सोचने sochne|मानो maano|मानें maanein|समझना samajhna|आ =aa|बीमारी bimari beemari|लकवा lakwa
बुढ़ापे budhape|बुढ़ापा budhapa|उम्र umar umra|स्वाभाविक swabhavik|आम =aam|चला chala|चलाओ chalao|चढ़ाओ chadhao|पिलाओ pilao|चलता chalta|इतना itna
ताज़ा taaza taza|रद्द radd|टाल =taal|दिखा dikha|दिख dikh|मिल =mil|आदत aadat|हमेशा hamesha|मुश्किल mushkil|छुट्टी chutti|खारिज kharij|हाँफ haanf hanf
शराब sharab|सीमा seema|लक्ष्य lakshya|सचेत sachet|सुस्त sust|कुल kul|बच =bach|पाएगा payega|पाएगी payegi|चढ़ा chadha|खाना khana|खाया khaya|हिल =hil|खिसक khisak|फ़र्क fark farak|संभल sambhal|पट्टी patti|शर्करा sharkara|काफ़ी kaafi kafi|काबू kabu kaabu|नियंत्रण niyantran|खतरे khatre|अंक ank
उससे =usse =uss|इससे =isse|जानकारी jaankari jankari|सूचना suchna|नज़र nazar najar|नजर =nazr|आया aaya|आई =aayi|आए =aaye|छोड़िए chodiye chhodiye|छोड़ो chodo chhodo|आधी aadhi|दुगुनी dugni|दुगुना dugana|तिगुना tiguna|रखिए rakhiye|देखिए dekhiye|बताइए bataiye|पूछिए puchiye poochiye|चिकित्सक chikitsak|सलाह salah|मदद madad|तबीयत tabiyat|तबियत tabiyat|हाल =haal|मामूली mamuli maamooli|घबराएँ ghabrayein ghabraye|फ़िक्र fikr fikar|आदमी aadmi|औरत aurat|इन =inn|उनका unka|उनकी unki|वाले wale|रखना rakhna|सोने =sone|नींद neend|जगाने jagane|ख़तरे khatre|मशीन =machine
जैसा jaisa|बढ़िया badhiya|एकदम ekdum ekdam|जैसी jaisi|जैसे jaise|बिगड़ा bigda bigra|सुधरा sudhra|बेहोशी behoshi|नींद neend|अंकों ankon|यहाँ yahan yahaan|वहाँ vahan wahan|विचार vichar vichaar|नापने naapne napne|मापने maapne|नापना naapna|मापना maapna|गिनना ginna|गिनें ginein ginen|बाकी baaki baki|वही =wahi =vahi|कारणों kaaranon karanon|संकेत sanket|बदलाव badlav badlaav|बढ़े badhe|गिरे gire|घटे ghate|रुकें rukein|रुको ruko|सोचना sochna|मानना maanna|मिला mila|मिली mili|मिले mile|दिए diye|दी =di|चाहें chahein|वापस wapas vapas|सूजे sooje suje|सूजा sooja|ऊँघ oongh ungh|लेटा leta|बैठा baitha|ताकि taaki|जब =jab|तब =tab|कब =kab|कहाँ kahan|कैसे kaise|कितना kitna|कितनी kitni|हर =har|दोनों dono donon|तीनों teeno|सारे saare|सारी saari|ग्यारह gyarah|बारह barah|तेरह terah|चौदह chaudah|पंद्रह pandrah|सोलह solah|सत्रह satrah|अठारह atharah|उन्नीस unnis|इक्कीस ikkis|बाईस bais|तेईस teis|चौबीस chaubis|पच्चीस pachchis pachis|छब्बीस chabbis chhabbis|सत्ताईस sattais|अट्ठाईस atthais athais|उनतीस untis|इकतीस ikattis iktis|बत्तीस battis|तैंतीस taintis|चौंतीस chauntis|पैंतीस paintis|छत्तीस chattis chhattis|सैंतीस saintis|अड़तीस adtis artis|उनतालीस untalis|चालीस chalis|इकतालीस iktalis|बयालीस bayalis|तैंतालीस taintalis|चौवालीस chavalis chauvalis|पैंतालीस paintalis|छियालीस chiyalis|सैंतालीस saintalis|अड़तालीस adtalis|उनचास unchas|इक्यावन ikyavan|बावन bavan|तिरपन tirpan|चौवन chauvan|पचपन pachpan|छप्पन chappan|सत्तावन sattavan|अट्ठावन atthavan|उनसठ unsath|इकसठ iksath|बासठ basath|तिरसठ tirsath|चौंसठ chaunsath|पैंसठ painsath|छियासठ chiyasath|सड़सठ sadsath|अड़सठ adsath|उनहत्तर unhattar|सत्तर sattar|इकहत्तर ikhattar|बहत्तर bahattar|तिहत्तर tihattar|चौहत्तर chauhattar|पचहत्तर pachhattar pachattar|छिहत्तर chihattar|सतहत्तर sathattar|अठहत्तर athhattar athattar|उनासी unasi|अस्सी assi|इक्यासी ikyasi|बयासी bayasi|तिरासी tirasi|चौरासी chaurasi|पचासी pachasi|छियासी chiyasi|सत्तासी sattasi|अट्ठासी atthasi|नवासी navasi|नब्बे nabbe|इक्यानवे ikyanve|बानवे banve|तिरानवे tiranve|चौरानवे chauranve|पचानवे pachanve|छियानवे chiyanve|सत्तानवे sattanve|अट्ठानवे atthanve|निन्यानवे ninyanve`;

/** English words or too short to tell; read as Hindi only beside a Hindi word. */
const BESIDE_HINDI: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tal: 'टल',
    mat: 'मत',
    na: 'न',
    naa: 'न',
    par: 'पर',
    pe: 'पर',
    hi: 'ही',
    to: 'तो',
    toh: 'तो',
    do: 'दो',
    mar: 'मर',
    maap: 'माप',
    naap: 'माप',
    le: 'ले',
    din: 'दिन',
    sau: 'सौ',
    so: 'सौ',
    assi: 'अस्सी',
    teen: 'तीन',
    bees: 'बीस',
    tees: 'तीस',
    bis: 'बीस',
    tis: 'तीस',
    das: 'दस',
    char: 'चार',
    chaar: 'चार',
  }),
);

/** "band kar do" is closing; a "band" elsewhere is the chart's. */
const CLOSING = /^(?:kar|karo|karein|karen|karna|karke|ho|hona|mat|na)$/;

function skeleton(word: string): string {
  return word
    .replaceAll(/aa+/g, 'a')
    .replaceAll(/ee+|ii+/g, 'i')
    .replaceAll(/oo+|uu+/g, 'u')
    .replaceAll('z', 'j')
    .replaceAll('w', 'v')
    .replaceAll('ph', 'f')
    .replaceAll('chh', 'ch')
    .replaceAll(/([b-df-hj-np-tv-z])\1+/g, '$1')
    .replace(/(?<=.(?:ei|ai|ahi|.e))n$/, '');
}

const EXACT = new Map<string, string>();
const BY_SKELETON = new Map<string, string>();
for (const entry of SURE.trim().split(/[|\n]/)) {
  const [hindi = '', ...spellings] = entry.normalize('NFKC').split(' ');
  for (const spelling of spellings)
    if (spelling.startsWith('=')) EXACT.set(spelling.slice(1), hindi);
    else BY_SKELETON.set(skeleton(spelling), hindi);
}

/** The Devanagari of a word in small Latin letters that is surely Hindi, or null. */
export function devanagariOf(word: string): string | null {
  return EXACT.get(word) ?? BY_SKELETON.get(skeleton(word)) ?? null;
}

/** Hindi numbers as they are typed, from three to ninety-nine; each by its loose skeleton. */
const NUMBERS = `
teen|char|paanch panch|chhah chhe cheh|saat|aath|nau|das|gyarah|barah|terah|chaudah|pandrah|solah|satrah|atharah|unnis
bees|ikkees|bais baees|teis teees|chaubees|pachchees pachees|chhabbees|sattais sattaees|atthais atthaees|untees
tees|ikattees iktees|battees|taintees tetees|chauntees|paintees|chhattees|saintees|adtees artees|untalees
chalees|iktalees|bayalees|taintalees tetalees|chauvalees chavalees|paintalees|chhiyalees|saintalees|adtalees artalees|unchas
pachas|ikyavan|bavan|tirpan|chauvan|pachpan|chhappan|sattavan|atthavan|unsath
saath|iksath|basath|tirsath|chaunsath|painsath|chhiyasath|sadsath sarsath|adsath arsath|unhattar
sattar|ikhattar|bahattar|tihattar|chauhattar|pachhattar pachattar|chhihattar|sathattar|athhattar athattar|unasi
assi|ikyasi|bayasi|tirasi|chaurasi|pachasi|chhiyasi|sattasi|atthasi|navasi
nabbe|ikyanve ikyanave|banve banave|tiranve tiranave|chauranve chauranave|pachanve pachanave pichyanve|chhiyanve chhiyanave|sattanve sattanave|atthanve atthanave|ninyanve ninyanave`;

const NUMBER_WORDS_FROM_THREE =
  'तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे';

/** Writers differ in vowels and in doubled and breathed letters; what is left tells the numbers apart. */
function looseSkeleton(word: string): string {
  return skeleton(word)
    .replaceAll('au', 'o')
    .replaceAll('ai', 'e')
    .replaceAll('y', 'i')
    .replaceAll(/([a-z])\1+/g, '$1')
    .replaceAll(/([cts])h+/g, '$1')
    .replaceAll('ei', 'e');
}

/** Spellings that are also English words or other Hindi ones. */
const NO_NUMBER = new Set([
  'char',
  'das',
  'saath',
  'bees',
  'tees',
  'bais',
  'artees',
  'teen',
  'assi',
  'cheh',
  'untees',
]);
const NUMBER_BY_SKELETON = new Map<string, string>();
NUMBERS.trim()
  .split(/[|\n]/)
  .forEach((spellings, index) => {
    const hindi = NUMBER_WORDS_FROM_THREE.normalize('NFKC').split(' ')[index];
    if (hindi !== undefined)
      for (const spelling of spellings.split(' '))
        if (!NO_NUMBER.has(spelling)) NUMBER_BY_SKELETON.set(looseSkeleton(spelling), hindi);
  });

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly hindi: string;
}

/** A number of two digits is long; short ones read as English words. */
function numberOf(word: string): string | null {
  if (word.length < LEAST_NUMBER_LETTERS) return null;
  return /(?:s|h|n|r|i|e|d)$/.test(word) ? (NUMBER_BY_SKELETON.get(looseSkeleton(word)) ?? null) : null;
}
const LEAST_NUMBER_LETTERS = 5;

/** Every Roman Hindi word of a text in small letters, in order, with its Devanagari. */
export function romanHindi(text: string): Replacement[] {
  const found = [
    ...text.matchAll(/(?<![\p{L}\p{M}\p{N}'.@/-])[a-z]+(?![\p{L}\p{M}\p{N}'@/-]|\.[a-z])/gu),
  ].map((match) => ({ start: match.index, end: match.index + match[0].length, word: match[0] }));
  const result: Replacement[] = [];
  let previousEnd = -1;
  for (const [index, { start, end, word }] of found.entries()) {
    const next = found[index + 1];
    const besideNext = next !== undefined && next.start - end <= 1 ? next.word : '';
    const besidePrevious = previousEnd >= 0 && start - previousEnd <= 1;
    let hindi = devanagariOf(word) ?? numberOf(word);
    if (hindi === null && (besidePrevious || devanagariOf(besideNext) !== null))
      hindi = BESIDE_HINDI.get(word) ?? null;
    if (word === 'band' && CLOSING.test(besideNext)) hindi = 'बंद';
    if (hindi === null) continue;
    result.push({ start, end, hindi });
    previousEnd = end;
  }
  return result;
}
