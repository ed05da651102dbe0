const DEVICE = String.raw`(?:i ?phone|i ?pad|i ?pod|ios|android|blackberry|samsung|galaxy|huawei|honor|xiaomi|redmi|nokia|sony|xperia|htc|pixel|motorola|oneplus|oppo|alcatel|fairphone|wiko|lg|zte|windows|outlook|gmail|yahoo|gmx|web\.de|t-online|telekom|1&1|freenet|k-9|thunderbird|e?m client|airmail|spark|mailbird|mailbox|proton ?mail|proton|tutanota|posteo|bluemail|aqua mail|aquamail|nine|typeapp|sparrow|acompli|mail|e-?mail|app|handy|smartphone|telefon|tablet|phone|mobile|mobil\p{L}*|cell|ger(?:ä|ae)t|device|mac|macbook|pc|ti-\d+|verizon|vodafone|o2|work|mailapp|apple)`;
const SENT_DE = String.raw`(?:gesendet|gesandt|geschickt|verschickt|versendet|geschrieben|verfasst|diktiert)`;

const FORMS = [
  // "Von meinem iPhone gesendet", "Von meiner/meinem Galaxy gesendet", "Mit der GMX iPhone App gesendet"
  String.raw`(?:diese (?:nachricht|e-?mail|mail) wurde )?(?:von|vom|mit|mittels|über|aus)(?: meinem?r?| meiner| meinem\/meiner| der| dem| einem| einer)? .{0,50}${DEVICE}.{0,30} ${SENT_DE}`,
  // "Gesendet von meinem iPhone", "Gesendet mit der GMX Mail App", "Gesendet von Outlook für Android"
  String.raw`${SENT_DE} (?:von|vom|mit|mittels|über|aus|via|durch) .{0,50}${DEVICE}.{0,50}`,
  String.raw`(?:holen sie sich|laden sie|hol dir|beziehen sie) .{0,20}outlook.{0,40}`,
  String.raw`outlook (?:für|for|pour|para) (?:ios|android|mac|windows|iphone).{0,30}`,
  String.raw`get .{0,4}outlook for (?:ios|android|mac).{0,30}`,
  String.raw`(?:sent|written|dictated|typed) (?:from|with|using|via|by|on) .{0,45}${DEVICE}.{0,60}`,
  String.raw`sent (?:from|via|using) (?:my )?.{0,25}`,
  String.raw`from my .{0,10}${DEVICE}.{0,20}`,
  String.raw`.{2,20} from mobile`,
  String.raw`sent by galaxy`,
  String.raw`envoyé (?:depuis|de|à partir de|avec) .{0,50}`,
  String.raw`(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) .{0,50}`,
  String.raw`inviato (?:da|dal|con) .{0,50}`,
  String.raw`enviado (?:desde|do|de|a partir do) .{0,50}`,
  String.raw`obt(?:er|ener) .{0,5}outlook para .{0,30}`,
  String.raw`(?:sendt|skickat) (?:fra|från) .{0,40}`,
  String.raw`wysłan[eo] z .{0,40}`,
  String.raw`odesláno z .{0,40}`,
  String.raw`lähetetty .{0,40}`,
  String.raw`trimis de pe .{0,40}`,
  String.raw`az .{0,20} küldve`,
  String.raw`從我的 .{0,20} 傳送`,
  String.raw`.{0,6}رسلت من .{0,30}`,
];

const LINE = new RegExp(String.raw`^[-–—_<(\[|*" ]*(?:${FORMS.join('|')})[\s.!>)\]|*"]*$`, 'iu');
/** "Sent from my desk, is much easier than my phone": a sentence goes on after a comma or a full stop. */
const GOES_ON = /[,;:] (?!please|bitte|daher|sorry|excuse|typos|pardon)|[.!?] (?!bitte|please|tippfehler|sorry|daher|excuse)/iu;

/** Whether a line is what a phone or mail program adds by itself ("Von meinem iPhone gesendet"). */
export function isDeviceLine(text: string): boolean {
  if (text.length < 6 || text.length > 160) return false;
  const bare = text.replace(/[[(<]*\(?https?:\/\/[^\s)>\]]+[)>\]]*/giu, ' ').replace(/[[\]]/g, '').replace(/\s+/g, ' ').trim();
  if (bare.length < 6 || bare.length > 110) return false;
  return LINE.test(bare) && !GOES_ON.test(bare);
}

const BANNER = /^(?:\W{0,4})(?:caution|warning|achtung|vorsicht|hinweis|external(?: e-?mail| sender)?|extern(?:e|er)?(?: e-?mail| absender)?|\[extern(?:al)?\]|diese (?:e-?mail|nachricht) (?:stammt|kommt|wurde) von (?:einem )?(?:extern|außerhalb))/iu;
const BANNER_BODY = /\bextern(?:al|e|er|en)?\b|außerhalb (?:der|ihrer|unserer) organisation|outside (?:of )?(?:the|your|our) organi[sz]ation|unbekannten? absender/iu;

/** Whether a line is a warning that the receiver's server put on top ("CAUTION: This message is from an EXTERNAL SENDER"). */
export function isBanner(text: string): boolean {
  return text.length <= 400 && BANNER.test(text) && BANNER_BODY.test(text) && (text.length > 40 || /^\W*\[?extern/iu.test(text));
}

const DISCLAIMER =
  /^(?:\W{0,6})(?:(?:diese|der inhalt dieser|die in dieser|dieses) (?:e-?mail|mail|nachricht|elektronische)\b.{0,120}(?:vertraulich|rechtlich geschützt|bestimmt|viren|enthält|adressat|empfänger|unbefugt)|this (?:e-?mail|message|email message|communication|transmission)\b.{0,160}(?:confidential|privileged|intended|virus)|the information (?:contained )?in this (?:e-?mail|message)|the contents of this (?:e-?mail|message)|confidentiality notice|vertraulichkeitshinweis|vertraulichkeit|haftungsausschluss|disclaimer|rechtlicher hinweis|datenschutz(?:hinweis|erklärung|information)?\b.{0,30}(?::|https?|www|finden|unter)|informationen zum datenschutz|hinweise zum datenschutz|unsere datenschutz|bitte (?:denken sie|prüfen sie|überlegen sie).{0,60}(?:umwelt|ausdrucken|drucken)|please consider the environment|virenfrei\b|virus-free\b|diese e-?mail wurde (?:von|mit) .{0,40} (?:auf viren )?(?:geprüft|gescannt)|le informazioni contenute in questo messaggio|ce message et toutes)/iu;

/** Whether a line opens a legal notice, a virus notice or a plea for the environment. */
export function isDisclaimer(text: string): boolean {
  return DISCLAIMER.test(text);
}
