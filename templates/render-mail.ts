import type { Locale } from '#domain/statuses.ts';
import { compiledMail } from './mails/environments.ts';
import type { MailData, MailName } from './mails/data.ts';
import { finishText } from './mails/text-helpers.ts';
import { oneLine, tidy } from './tidy.ts';

export type RenderedMail = { readonly subject: string; readonly text: string; readonly html: string };

const LONGEST_PREVIEW = 150;
/** Unseen characters behind the preview, so that no body text follows it in the list of a mail program. */
const FILLING = '\u034f\u200c\u00a0'.repeat(60);

/** Subject, text and HTML of a mail; throws when a key of its data is missing. Within a thread the subject stays the first one. */
export function renderMail<Name extends MailName>(name: Name, locale: Locale, data: MailData[Name]): RenderedMail {
  const mail = compiledMail(name, locale);
  const clean = tidy(data) as MailData[Name];
  const settings = { locale, timeZone: clean.timeZone, language: locale };
  const own = oneLine(mail.subject(clean, { data: settings }));
  const subject = clean.threadSubject ? `Re: ${oneLine(clean.threadSubject)}` : own;
  const preview = shortened(oneLine(mail.preview(clean, { data: settings })));
  return {
    subject,
    text: finishText(mail.text(clean, { data: settings })),
    html: mail.html(clean, { data: { ...settings, subject, preview, filling: FILLING } }),
  };
}

function shortened(preview: string): string {
  return preview.length <= LONGEST_PREVIEW ? preview : `${preview.slice(0, LONGEST_PREVIEW - 1).trimEnd()}…`;
}
