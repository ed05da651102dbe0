import { useMemo } from 'react';

const NO_REQUESTS = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data: cid:">';

/**
 * The HTML of a mail in a frame that can do nothing: no script, form, link or request to anywhere.
 * It is shown on white as most mail programs do; `height` in pixels.
 */
export function MailFrame({ html, title, height = 420, width }: { html: string; title: string; height?: number; width?: number }) {
  const source = useMemo(() => (/<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + NO_REQUESTS) : NO_REQUESTS + html), [html]);
  return <iframe className="frame-mail" sandbox="" referrerPolicy="no-referrer" srcDoc={source} title={title} style={{ height, ...(width ? { width, margin: '0 auto' } : {}) }} />;
}
