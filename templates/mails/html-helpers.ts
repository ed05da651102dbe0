import Handlebars, { type HelperOptions } from 'handlebars';

const INK = '#14262b';
const MUTED = '#4d6167';
const LINE = '#d3dddf';
const ACCENT = '#0b5f73';
const FONT = 'font-family:Arial,Helvetica,sans-serif;';
/** Stands behind each button, so that they lie beside each other, on a phone below. */
const GAP = '<td class="gap" width="12" style="width:12px;font-size:12px;line-height:12px;">&nbsp;</td>';
const PART_END = '\u0001';

const escape = (value: unknown): string => Handlebars.escapeExpression(typeof value === 'string' ? value : '');

/** Block helpers of the HTML part: tables and inline styles, so that it reads well where the style block is lost. */
export const htmlHelpers = {
  p(this: unknown, options: HelperOptions): string {
    return paragraph(options.fn(this), `margin:0 0 16px;${FONT}font-size:16px;line-height:24px;color:${INK};`, 'ink');
  },
  small(this: unknown, options: HelperOptions): string {
    return paragraph(options.fn(this), `margin:0 0 16px;${FONT}font-size:14px;line-height:21px;color:${MUTED};`, 'muted');
  },
  group(this: unknown, options: HelperOptions): string {
    return options.fn(this);
  },
  lead(this: unknown, options: HelperOptions): string {
    return paragraph(options.fn(this), `margin:0 0 16px;${FONT}font-size:16px;line-height:24px;color:${INK};`, 'ink');
  },
  deadline(this: unknown, options: HelperOptions): string {
    return box(options.fn(this), { background: '#fff0d9', ink: '#804600', name: 'warn' });
  },
  alarm(this: unknown, options: HelperOptions): string {
    return box(options.fn(this), { background: '#fce8e7', ink: '#a1242a', name: 'bad', bold: true });
  },
  line(this: unknown, options: HelperOptions): string {
    const html = options.fn(this).trim();
    return html === '' || html.endsWith('<br>') ? html : `${html}<br>`;
  },
  join(this: unknown, options: HelperOptions): string {
    return options.fn(this).split(PART_END).map((part) => part.trim()).filter(Boolean).join(', ');
  },
  part(this: unknown, options: HelperOptions): string {
    return `${options.fn(this).trim()}${PART_END}`;
  },
  facts(this: unknown, options: HelperOptions): string {
    const rows = options.fn(this).trim();
    if (rows === '') return '';
    return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px;">${rows}</table>`;
  },
  fact(this: unknown, options: HelperOptions): string {
    const value = options.fn(this).trim();
    if (value === '') return '';
    const edge = `border-top:1px solid ${LINE};vertical-align:top;${FONT}`;
    return (
      `<tr><td class="k muted edge" width="142" style="${edge}padding:9px 16px 9px 0;font-size:14px;line-height:21px;color:${MUTED};">${escape(options.hash['label'])}:</td>` +
      `<td class="v ink edge" style="${edge}padding:9px 0;font-size:16px;line-height:24px;color:${INK};">${value}</td></tr>`
    );
  },
  work(options: HelperOptions): string {
    const text = userLines(options.hash['text']);
    const heading = `<h1 class="ink" style="margin:0;${FONT}font-size:20px;line-height:28px;font-weight:bold;color:${INK};">${escape(options.hash['title'])}</h1>`;
    return `<div style="margin:8px 0 20px;">${heading}${text === '' ? '' : userParagraph(text, '0')}</div>`;
  },
  userText(options: HelperOptions): string {
    const text = userLines(options.hash['text']);
    return text === '' ? '' : `<div class="quote" style="margin:0 0 16px;border-left:3px solid ${LINE};padding:0 0 0 14px;">${userParagraph(text, '0')}</div>`;
  },
  nb(this: unknown, options: HelperOptions): string {
    return `<span style="white-space:nowrap;">${options.fn(this)}</span>`;
  },
  b(this: unknown, options: HelperOptions): string {
    return `<strong>${options.fn(this)}</strong>`;
  },
  link(this: unknown, options: HelperOptions): string {
    return anchor(options.hash['href'], options.fn(this).trim());
  },
  plain: (): string => '',
  footer(this: unknown, options: HelperOptions): string {
    const html = paragraph(options.fn(this), `margin:0;${FONT}font-size:14px;line-height:21px;color:${MUTED};`, 'muted');
    return html === '' ? '' : `<div class="edge" style="margin:24px 0 0;border-top:1px solid ${LINE};padding:16px 0 0;">${html}</div>`;
  },
  sources(this: unknown, options: HelperOptions): string {
    return options.fn(this).split(PART_END).map((part) => part.trim()).filter(Boolean).join(' · ');
  },
  source(this: unknown, options: HelperOptions): string {
    return `${anchor(options.hash['href'], options.fn(this).trim())}${PART_END}`;
  },
  action(this: unknown, options: HelperOptions): string {
    return `${anchor(options.hash['href'], options.fn(this).trim())}<br>`;
  },
  tel(options: HelperOptions): string {
    const number = String(options.hash['number']);
    return anchor(`tel:${number.replace(/[^+\d]/g, '')}`, escape(number).replaceAll(' ', '&nbsp;'));
  },
  buttons(this: unknown, options: HelperOptions): string {
    return `<table role="presentation" class="full" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;"><tr>${options.fn(this).trim().slice(0, -GAP.length)}</tr></table>`;
  },
  button(this: unknown, options: HelperOptions): string {
    const isMain = options.hash['main'] === true;
    const colours = isMain ? `background-color:${ACCENT};` : 'background-color:#ffffff;';
    const label = `display:block;padding:12px 22px;${FONT}font-size:16px;line-height:22px;font-weight:bold;text-decoration:none;text-align:center;color:${isMain ? '#ffffff' : ACCENT};`;
    return (
      `<td class="bt ${isMain ? 'b1' : 'b2'}" align="center" bgcolor="${isMain ? ACCENT : '#ffffff'}" style="${colours}border:2px solid ${ACCENT};border-radius:12px;">` +
      `<a href="${escape(options.hash['href'])}" class="${isMain ? 'a1' : 'a2'}" style="${label}">${options.fn(this).trim()}</a></td>${GAP}`
    );
  },
};

function paragraph(html: string, style: string, name: string): string {
  const inner = html.trim().replace(/<br>$/, '');
  return inner === '' ? '' : `<p class="${name}" style="${style}">${inner}</p>`;
}

function box(html: string, look: { background: string; ink: string; name: string; bold?: boolean }): string {
  const weight = look.bold ? 'font-weight:bold;' : '';
  return (
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;"><tr>' +
    `<td class="${look.name}" bgcolor="${look.background}" style="background-color:${look.background};border-radius:10px;padding:12px 14px;${FONT}font-size:16px;line-height:24px;${weight}color:${look.ink};">${html.trim()}</td></tr></table>`
  );
}

function anchor(href: unknown, label: string): string {
  return `<a class="link" href="${escape(href)}" style="color:${ACCENT};text-decoration:underline;">${label}</a>`;
}

/** What people wrote, with its line ends; addresses in it are not made into links. */
function userLines(text: unknown): string {
  return escape(typeof text === 'string' ? text.trim() : '').replaceAll('\n', '<br>');
}

function userParagraph(html: string, margin: string): string {
  return `<p class="ink" style="margin:${margin};${FONT}font-size:16px;line-height:24px;color:${INK};">${html}</p>`;
}
