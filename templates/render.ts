export { renderMail, type RenderedMail } from './render-mail.ts';
export type { MailBase, MailData, MailName } from './mails/data.ts';
