/** Fields of the header that a mail program copies above a quoted mail. */
export type HeaderField = 'from' | 'date' | 'to' | 'cc' | 'subject' | 'other';

const WORDS: Record<HeaderField, string[]> = {
  from: ['von', 'from', 'absender', 'de', 'van', 'da', 'fra', 'från', 'od', 'от', 'od kogo', 'lähettäjä', 'feladó', 'από', 'nadawca', 'expéditeur', 'afzender', 'mittente', 'remitente', 'gönderen', 'من', 'auftraggeber'],
  date: ['gesendet', 'gesendet am', 'datum', 'sent', 'date', 'am', 'envoyé', 'envoyé le', 'envoye', 'envoye le', 'verzonden', 'inviato', 'data', 'enviado', 'enviado el', 'enviada', 'enviada em', 'enviado em', 'fecha', 'sendt', 'dato', 'skickat', 'wysłano', 'wysłane', 'odesláno', 'dátum', 'küldve', 'отправлено', 'дата', 'lähetetty', 'päiväys', 'tarih', 'تم الإرسال', 'sendezeit', 'received'],
  to: ['an', 'to', 'empfänger', 'à', 'a', 'aan', 'para', 'til', 'till', 'do', 'komu', 'кому', 'vastaanottaja', 'címzett', 'alıcı', 'adresat', 'إلى', 'destinataire', 'destinatario'],
  cc: ['cc', 'kopie', 'kopie (cc)', 'copie à', 'copie', 'kopi', 'kopia', 'bcc', 'dw', 'копия'],
  subject: ['betreff', 'subject', 'betr', 'thema', 'objet', 'onderwerp', 'oggetto', 'asunto', 'assunto', 'emne', 'ämne', 'temat', 'předmět', 'predmet', 'tárgy', 'тема', 'aihe', 'konu', 'الموضوع'],
  other: ['antwort an', 'antworten an', 'reply-to', 'répondre à', 'risposta', 'responder a', 'anlagen', 'anlage', 'attachments', 'wichtigkeit', 'importance', 'priorität', 'priority', 'organisation', 'organization', 'message du', 'on behalf of', 'im auftrag von'],
};

const FIELD_OF = new Map<string, HeaderField>(
  (Object.keys(WORDS) as HeaderField[]).flatMap((field) => WORDS[field].map((word): [string, HeaderField] => [word, field])),
);

/** Longest label, in characters; a colon further right belongs to a sentence. */
const MAX_LABEL = 20;

export interface Labelled {
  field: HeaderField;
  value: string;
}

/** `Von: Max Huber` → field and value; null for any other line. Takes the line's text without bold signs. */
export function labelled(text: string): Labelled | null {
  const colon = text.indexOf(':');
  if (colon < 1 || colon > MAX_LABEL) return null;
  const word = text.slice(0, colon).replaceAll('_', '').trim().toLowerCase();
  const field = FIELD_OF.get(word);
  return field === undefined ? null : { field, value: text.slice(colon + 1).trim() };
}

/** How many kinds of labels one row holds: HTML without breaks puts the whole header on one. */
export function fieldsInRow(text: string): Set<HeaderField> {
  const fields = new Set<HeaderField>();
  for (const match of text.matchAll(/(?:^|[\s>"])([\p{L}-]{1,12}) ?: ?/gu)) {
    const field = FIELD_OF.get(match[1]!.toLowerCase());
    if (field !== undefined) fields.add(field);
  }
  return fields;
}
