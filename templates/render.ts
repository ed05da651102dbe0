export { renderMail, type RenderedMail } from './render-mail.ts';
export { renderPage } from './render-page.ts';
export { pageAssets, type PageAsset } from './pages/assets.ts';
export type { MailBase, MailData, MailName } from './mails/data.ts';
export type * from './pages/data.ts';
