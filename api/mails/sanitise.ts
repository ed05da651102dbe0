/**
 * A stranger's HTML as it may stand in a frame without scripts: text, lists, tables, plain links. No styles, no pictures
 * from afar (whoever loads one tells the sender that and when the mail was read), no forms.
 */
export async function sanitiseMailHtml(html: string): Promise<string> {
  // Few requests need it: it is loaded by the first that does.
  const { default: sanitizeHtml } = await import('sanitize-html');
  return sanitizeHtml(html, {
    allowedTags: [
      'p', 'br', 'div', 'span', 'b', 'strong', 'i', 'em', 'u', 's', 'blockquote', 'pre', 'code', 'hr', 'a',
      'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption',
    ],
    allowedAttributes: { a: ['href', 'rel', 'target'], th: ['colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    nonTextTags: ['style', 'script', 'textarea', 'option', 'noscript', 'title', 'head'],
    nestingLimit: 100,
    transformTags: {
      a: (_name, attributes) => ({ tagName: 'a', attribs: { ...(attributes['href'] ? { href: attributes['href'] } : {}), rel: 'noopener noreferrer nofollow', target: '_blank' } }),
      // What a picture would say is kept as words.
      img: (_name, attributes) => ({ tagName: 'span', attribs: {}, text: attributes['alt'] ? `[${attributes['alt']}]` : '' }),
    },
  });
}
