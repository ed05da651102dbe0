export interface Attributes {
  id: string;
  class: string;
  style: string;
  name: string;
  type: string;
  src: string;
  href: string;
  /** data-… attributes that mail programs use, joined. */
  data: string;
}

/** Shared by all elements without attributes that count; never written to. */
export const NO_ATTRIBUTES: Readonly<Attributes> = { id: '', class: '', style: '', name: '', type: '', src: '', href: '', data: '' };

/** What an element means for the mail: who wrote what is in it. */
export type ElementMark =
  | 'attribution' // "On … wrote:"
  | 'history' // all inside is history
  | 'quote_frame' // Gmail's frame: header, quote, and own text when answered between the lines
  | 'signature'
  | 'history_after' // from here to the end is history
  | 'rule'; // a line is drawn above it

const CLASS_MARKS: Record<string, ElementMark> = {
  gmail_attr: 'attribution',
  'moz-cite-prefix': 'attribution',
  'moz-email-headers-table': 'attribution',
  gmail_quote: 'quote_frame',
  gmail_quote_container: 'quote_frame',
  yahoo_quoted: 'history',
  protonmail_quote: 'history',
  tutanota_quote: 'history',
  'domino-section': 'history',
  gmx_quote: 'history',
  'front-blockquote': 'history',
  zmail_extra: 'history',
  'ms-outlook-mobile-reference-message': 'history',
  outlookmessageheader: 'history_after',
  gmail_signature: 'signature',
  gmail_signature_prefix: 'signature',
  'moz-signature': 'signature',
  protonmail_signature_block: 'signature',
  'tutanota-signature': 'signature',
  'mail-signature': 'signature',
  'email-signature': 'signature',
  'io-ox-signature': 'signature',
  'ms-outlook-ios-signature': 'signature',
};

const ID_MARKS: Record<string, ElementMark> = {
  divrplyfwdmsg: 'history_after',
  appendonsend: 'history_after',
  stopspelling: 'history_after',
  zwchr: 'history_after',
  olk_src_body_section: 'history',
  'mail-editor-reference-message-container': 'history',
  'reply-intro': 'attribution',
  replyforwardheader: 'history_after',
  signature: 'signature',
  applemailsignature: 'signature',
  'applemailsignatureatbeginning': 'signature',
  composer_signature: 'signature',
  'ms-outlook-mobile-signature': 'signature',
  'ms-outlook-mobile-body-separator-line': 'rule',
  _rim_signature: 'signature',
  mobilesignature: 'signature',
};

const NAME_MARKS: Record<string, ElementMark> = {
  quote: 'history',
  'quoted-content': 'history',
  messagereplysection: 'history',
  messagesignaturesection: 'signature',
  quoted_text: 'history',
};

/** The meaning of an element, or null. Sources: the mail programs themselves (Gmail, Outlook, Apple, GMX, Yahoo, Thunderbird, Samsung, IONOS, Zimbra, Domino, Proton, Spark). */
export function markOf(tag: string, attributes: Attributes): ElementMark | null {
  if (attributes === NO_ATTRIBUTES) return null;
  // Outlook prefixes the ids and classes of a mail that it quotes with "x_".
  const id = attributes.id.toLowerCase().replace(/^(?:x_)+/, '');
  const byId = ID_MARKS[id] ?? (id.startsWith('yahoo_quoted') ? 'history' : undefined);
  if (byId !== undefined) return byId;
  const byName = NAME_MARKS[attributes.name.toLowerCase()];
  if (byName !== undefined && (tag === 'div' || tag === 'blockquote')) return byName;
  for (const word of attributes.class.split(' ', 12)) {
    const mark = CLASS_MARKS[word.toLowerCase().replace(/^(?:x_)+/, '')];
    if (mark !== undefined && !(mark === 'quote_frame' && tag === 'blockquote')) return mark;
  }
  return markOfData(tag, attributes);
}

function markOfData(tag: string, attributes: Attributes): ElementMark | null {
  const { data, style } = attributes;
  if (data.includes('gmail_signature') || data.includes('signatureblock=true')) return 'signature';
  if (data.includes('__QUOTED_TEXT__')) return 'history';
  if (data.includes('__HEADERS__') || data.includes('__DIVIDER__')) return 'history_after';
  return hasRuleAbove(style) ? 'rule' : null;
}

// Outlook draws a line above the header of the mail it quotes: border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0.
function hasRuleAbove(style: string): boolean {
  const css = style.slice(0, 400).toLowerCase();
  return css.includes('border-top') && css.includes('solid') && !/border-top(?:-width)?:\s*(?:none|0)/.test(css);
}
