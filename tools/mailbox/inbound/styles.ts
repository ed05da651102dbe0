import { randomBytes, randomUUID } from 'node:crypto';
import type { Header } from '../records.ts';
import { appleMail, iphone, outlook, outlookMobile, outlookWeb, thunderbird } from './styles-desktop.ts';
import { gmail, gmailApp, gmx, plain } from './styles-web.ts';
import type { Language, QuotedMail } from './writing.ts';

/** What a mail program makes of the words of its user. */
export interface Written {
  text: string;
  html: string;
}

export interface WriteInput {
  own: string;
  quote: QuotedMail | null;
  /** Whether the own words stand above or below the quote; only programs that can put them below heed it. */
  position: 'above' | 'below';
  language: Language;
  /** Signature block under the own words, or empty. */
  signature: string;
}

interface Style {
  label: string;
  write: (input: WriteInput) => Written;
  subjectPrefix: Record<Language, string>;
  forwardPrefix: Record<Language, string>;
  messageId: (domain: string) => string;
  headers: (language: Language) => Header[];
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const gmailId = (): string => `<CA+${randomBytes(36).toString('base64url').slice(0, 46)}@mail.gmail.com>`;
const outlookId = (): string => {
  const server = `DB9P19${randomBytes(3).toString('hex').toUpperCase()}`;
  return `<${server}${hex(12).toUpperCase()}@${server}.EURP193.PROD.OUTLOOK.COM>`;
};
const uuidId = (domain: string): string => `<${randomUUID().toUpperCase()}@${domain}>`;
const lines = (...pairs: [string, string][]): Header[] => pairs.map(([Name, Value]) => ({ Name, Value }));
const outlookHeaders = (language: Language): Header[] =>
  lines(
    ['Thread-Index', `AQHb${randomBytes(16).toString('base64')}`],
    ['Accept-Language', language === 'de' ? 'de-DE, en-US' : 'en-GB, en-US'],
    ['X-MS-Has-Attach', ''],
    ['MIME-Version', '1.0'],
  );

const RE = { de: 'Re: ', en: 'Re: ' };
const AW = { de: 'AW: ', en: 'RE: ' };
const FWD = { de: 'Fwd: ', en: 'Fwd: ' };
const WG = { de: 'WG: ', en: 'FW: ' };

/** The mail programs a person can be given; the order is that of the list on the page. */
export const STYLES = {
  gmail: { label: 'Gmail', write: gmail, subjectPrefix: RE, forwardPrefix: FWD, messageId: gmailId, headers: () => lines(['MIME-Version', '1.0']) },
  'gmail-app': { label: 'Gmail (Android)', write: gmailApp, subjectPrefix: RE, forwardPrefix: FWD, messageId: gmailId, headers: () => lines(['MIME-Version', '1.0']) },
  outlook: { label: 'Outlook', write: outlook, subjectPrefix: AW, forwardPrefix: WG, messageId: outlookId, headers: (language) => [...lines(['X-Mailer', 'Microsoft Outlook 16.0']), ...outlookHeaders(language)] },
  'outlook-web': { label: 'Outlook (Web)', write: outlookWeb, subjectPrefix: AW, forwardPrefix: WG, messageId: outlookId, headers: outlookHeaders },
  'outlook-mobile': { label: 'Outlook (iOS)', write: outlookMobile, subjectPrefix: AW, forwardPrefix: WG, messageId: outlookId, headers: outlookHeaders },
  'apple-mail': { label: 'Apple Mail', write: appleMail, subjectPrefix: RE, forwardPrefix: { de: 'Fwd: ', en: 'Fwd: ' }, messageId: uuidId, headers: () => lines(['Mime-Version', '1.0 (Mac OS X Mail 16.0 \\(3826.300.87.4.3\\))'], ['X-Mailer', 'Apple Mail (2.3826.300.87.4.3)']) },
  iphone: { label: 'iPhone', write: iphone, subjectPrefix: RE, forwardPrefix: FWD, messageId: uuidId, headers: () => lines(['Mime-Version', '1.0 (1.0)'], ['X-Mailer', 'iPhone Mail (22F76)']) },
  thunderbird: { label: 'Thunderbird', write: thunderbird, subjectPrefix: RE, forwardPrefix: FWD, messageId: (domain) => uuidId(domain).toLowerCase(), headers: (language) => lines(['MIME-Version', '1.0'], ['User-Agent', 'Mozilla Thunderbird'], ['Content-Language', language === 'de' ? 'de-DE' : 'en-GB']) },
  gmx: { label: 'GMX / WEB.DE', write: gmx, subjectPrefix: { de: 'Aw: ', en: 'Re: ' }, forwardPrefix: { de: 'Fw: ', en: 'Fw: ' }, messageId: () => `<trinity-${randomUUID()}-${Date.now()}@trinity-msg-rest-gmx-gmx-live-${hex(5)}>`, headers: () => lines(['MIME-Version', '1.0'], ['Importance', 'normal'], ['Sensitivity', 'Normal'], ['X-Priority', '3']) },
  plain: { label: 'Text', write: plain, subjectPrefix: RE, forwardPrefix: FWD, messageId: (domain) => `<${hex(10)}@${domain}>`, headers: () => lines(['MIME-Version', '1.0']) },
} as const satisfies Record<string, Style>;

export type StyleName = keyof typeof STYLES;
export const STYLE_NAMES = Object.keys(STYLES) as [StyleName, ...StyleName[]];

/** The style by its name, typed alike for all. */
export function styleOf(name: StyleName): Style {
  return STYLES[name];
}
