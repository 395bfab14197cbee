/**
 * The approved vocabulary of holes. A hole may hold only these words (and what the facts or a cited passage
 * license): whatever is not known here might be a clinical claim that no rule knows either.
 *
 * Kept by part of speech, so that it can be read and reviewed. Words that need facts (vitals, directions,
 * consciousness, trends) are here as words; whether they are true is decided by the rules before.
 */

const FUNCTION_WORDS =
  'a an the is this that these those it its their his her them they he she who which what when where how why than then there here and or but so if as at by for from in into of off on onto out over to too up with within without about above after again against all also am an any are around away be because been before being below between both can could did do does doing down during each every few further had has have having more most may might much must not no nor now of only other others our own per same should some such still through under until upon very was were while will would yet whether both either neither rather quite just even always ever never maybe perhaps possibly possible likely probably together closely soon often';
const GENERAL_WORDS =
  "able according account act action active activity add added affect affected affecting affects alarm along already amount another appear appears area ask asked asking assess assessed assessment attention aware back bad balance based become becomes begin best better big bit bring bringing brings call called calm care careful carefully carry carrying case cause caused causes causing chance change changes charge check checked checking clear clearly clinical clinician clinicians close come comes common compare compared concern concerned condition conditions consider continue control controlled controlling correct correctly count counting cope could coping count counting deal decide deep delay demand demands describe detail difference different difficult difficulty direct directly doctor doctors done due early easily easy effect effects effort either else enough ensure escalate escalation especially evaluate evaluated evaluation example expect expected experience experiences experiencing explain extra fact factor feel feeling find finding first fit follow following form full function functioning get gets getting give given giving go goes going good great group happen happening hard harder have head held help helping helps important indicate indicates indicating individual inform informed keep keeping kind know known lack large last lead leading leads least leave less level levels life like limit line listen little local long longer look looked looking looks lot lower made main maintain maintaining make makes making manage many matter mean meaning means measure measured measurement measurements measuring meet member minute moment monitor monitored monitoring more most move much name near need needed needing needs new newly next note noted nothing notice nurse nurses observation observations observe observed one part parts patient patient's patients people person place plan point points position present pressure problem problems process properly provide put quality question quickly range rate rates reach read reading readings reason receive received receives receiving recheck record recorded related remain repeat repeated repeating report response responsible rest result results review reviewed right rule rules safe said say says see seem seems seen sense set several should show showing shown shows side sign signal signs simple sit situation small something speak stand start state status stay step stop strain stress strong suggest suggests suggesting support sure system systems take taken takes taking talk team tell test the thing things think time times told touch trouble true trying turn type under understand unit unless unusual urgent usual usually value values vital vitals want ward watch way well whole wide work worked working works worry";
const BODY_WORDS =
  'air airway airways alert beat beating beats blood body breath breathe breathes breathing chest circulating circulation circulatory conscious consciousness cool cold colder confused confusion cuff device fast faster fever finger flow flowing hands hand heart heartbeat heat high higher hot hotter low lower lung lungs mask mind monitor normal normally organs organ oxygen oxygenation probe pulse pump pumped pumping pumps raised rapid rapidly rate respiration respirations respiratory responsive unresponsive saturation score sensor slow slower slowly speed stimulus stimulated supply temperature thermometer tissue tissues voice waking awake responding respond responds reaction reacting warm warmer warmth worse systolic pressure elevated reduced increased decreased weak weaker fight fighting compensate compensating compensation regulate regulating brain muscles spoken verbal speaking comfortable';

const HINDI_WORDS =
  'और या पर में से का की के को है हैं हो होना सकता सकती सकते यह इस ये इन वह उस जो कि तथा लेकिन क्योंकि इसलिए भी ही तो न नहीं एक साथ अभी फिर दोबारा बाद पहले तक लिए द्वारा अधिक कम सामान्य तेज़ तेज धीमा धीमी धीरे गर्म ठंडा मरीज़ मरीज रोगी शरीर हृदय दिल साँस सांस साँसें श्वसन दर रक्त रक्तचाप दबाव नाड़ी धड़कन तापमान ऑक्सीजन स्तर चेतना सजग भ्रम रीडिंग माप मापें मापना जाँच जाँचें जांच जांचें देखें देखना बताएँ बताएं सूचित करें करना करता करती रहा रही रहे ले लेना चल चलना ज़रूरत जरूरत मेहनत करनी पड़ पड़ता ज़िम्मेदार जिम्मेदार चिकित्सक डॉक्टर नर्स टीम समीक्षा ध्यान आवश्यकता संभव शायद संकेत अर्थ हिस्सा संचार रक्त-संचार प्रभावित ठीक सही मशीन प्रोब कफ हाथ उंगली आवाज़ प्रतिक्रिया दे देता देती गति वाला वाली अपेक्षा अपेक्षित बहुत थोड़ा थोड़ी कुछ सभी हर तुरंत नज़र रखें गिनें दोहराएँ दोहराएं';

function set(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.normalize('NFKC').toLowerCase().split(' ')));
}

const APPROVED = set(FUNCTION_WORDS, GENERAL_WORDS, BODY_WORDS, HINDI_WORDS);

/** Every approved word; for checks over the whole vocabulary. */
export function approvedWords(): readonly string[] {
  return [...APPROVED];
}

/** Whether a folded word is in the approved vocabulary. */
export function isApproved(word: string): boolean {
  return APPROVED.has(word) || (word.endsWith("'s") && APPROVED.has(word.slice(0, -2)));
}
