import { Tokenizer } from 'htmlparser2';
import { type Attributes, NO_ATTRIBUTES, markOf } from './html-marks.ts';
import { LineWriter, type Opened } from './line-writer.ts';
import type { Line } from './lines.ts';

const VOID_TAGS = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'wbr', 'area', 'base', 'col', 'embed', 'source', 'track', 'param']);
const SKIPPED_TAGS = new Set(['script', 'style', 'title', 'template', 'xml']);
const INLINE_TAGS = new Set(['a', 'b', 'i', 'u', 's', 'em', 'strong', 'font', 'span', 'small', 'big', 'sub', 'sup', 'code', 'tt', 'label', 'abbr', 'mark', 'strike', 'del', 'ins', 'o:p', 'bdi', 'bdo', 'cite', 'q']);
/** How far a closing tag looks for its opening one through other inline tags. */
const MAX_LOOK_BACK = 40;

/** Elements whose meaning is looked at; a mail of 1 MB by Word has 40,000. Text is read to the end. */
const MAX_ELEMENTS = 80_000;

interface Open {
  tag: string;
  opened: Opened | 'skipped' | null;
}

/** Reads HTML once, front to back, into lines with marks. Takes linear time for any nesting and any nonsense. */
export function linesOfHtml(html: string): Line[] {
  return new HtmlReader(html).read();
}

class HtmlReader {
  private readonly html: string;
  private readonly writer = new LineWriter();
  private readonly stack: Open[] = [];
  private readonly openCount = new Map<string, number>();
  private skipping = 0;
  private elements = 0;
  private tag = '';
  private attributeName = '';
  private attributeValue = '';
  private attributes: Attributes = NO_ATTRIBUTES;

  constructor(html: string) {
    this.html = html;
  }

  read(): Line[] {
    const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true, recognizeSelfClosing: false }, this.callbacks());
    tokenizer.write(this.html);
    tokenizer.end();
    return this.writer.finish();
  }

  private callbacks(): ConstructorParameters<typeof Tokenizer>[1] {
    const { html } = this;
    const nothing = (): void => undefined;
    return {
      ontext: (start, end) => this.text(start, end),
      ontextentity: (code) => this.entity(code),
      onopentagname: (start, end) => this.startTag(html.slice(start, end).toLowerCase()),
      onattribname: (start, end) => this.startAttribute(html.slice(start, end).toLowerCase()),
      onattribdata: (start, end) => this.attributeData(html.slice(start, Math.min(end, start + 2000))),
      onattribentity: (code) => this.attributeData(String.fromCodePoint(code)),
      onattribend: () => this.endAttribute(),
      onopentagend: () => this.openTag(),
      onselfclosingtag: () => this.openTag(),
      onclosetag: (start, end) => this.closeTag(html.slice(start, end).toLowerCase().trim()),
      oncomment: (start, end) => this.comment(html.slice(start, Math.min(end, start + 60))),
      oncdata: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    };
  }

  private text(start: number, end: number): void {
    if (this.skipping === 0 && !this.writer.isFull) this.writer.text(this.html.slice(start, end));
  }

  private entity(code: number): void {
    if (this.skipping === 0 && !this.writer.isFull) this.writer.text(String.fromCodePoint(code));
  }

  private comment(data: string): void {
    if (data.trim() === 'originalMessage') this.writer.startHistory();
  }

  private startTag(tag: string): void {
    this.tag = tag;
    this.attributes = NO_ATTRIBUTES;
  }

  private startAttribute(name: string): void {
    this.attributeName = name;
    this.attributeValue = '';
  }

  private attributeData(data: string): void {
    if (this.attributeValue.length < 2000) this.attributeValue += data;
  }

  private endAttribute(): void {
    const { attributeName: name, attributeValue: value } = this;
    const isData = name.startsWith('data-');
    if (value === '' || !isData && !(name in NO_ATTRIBUTES)) return;
    if (this.attributes === NO_ATTRIBUTES) this.attributes = { ...NO_ATTRIBUTES };
    const { attributes } = this;
    if (!isData) attributes[name as keyof Attributes] ||= value.trim();
    else if (attributes.data.length < 500) attributes.data += `${name.slice(5)}=${value.slice(0, 100)} `;
  }

  private openTag(): void {
    const { tag } = this;
    this.elements += 1;
    if (this.elements > MAX_ELEMENTS) return;
    if (VOID_TAGS.has(tag)) {
      if (this.skipping === 0) this.voidTag(tag);
      return;
    }
    this.stack.push({ tag, opened: this.enter(tag) });
    this.openCount.set(tag, (this.openCount.get(tag) ?? 0) + 1);
  }

  private voidTag(tag: string): void {
    if (tag === 'br') this.writer.breakLine();
    else if (tag === 'hr') {
      this.writer.rule();
      if (markOf(tag, this.attributes) === 'history_after') this.writer.startHistory();
    } else if (tag === 'img' && /^cid:/i.test(this.attributes.src)) this.writer.image(this.attributes.src.slice(4));
  }

  private enter(tag: string): Open['opened'] {
    const { attributes } = this;
    if (SKIPPED_TAGS.has(tag) || attributes.style !== '' && /display:\s*none/i.test(attributes.style)) {
      this.skipping += 1;
      return 'skipped';
    }
    return this.skipping > 0 || this.writer.isFull ? null : this.writer.enter(tag, attributes);
  }

  private closeTag(tag: string): void {
    if (this.elements > MAX_ELEMENTS || (this.openCount.get(tag) ?? 0) === 0 || INLINE_TAGS.has(tag) && !this.isWithinReach(tag)) return;
    for (;;) {
      const open = this.stack.pop();
      if (open === undefined) return;
      this.openCount.set(open.tag, this.openCount.get(open.tag)! - 1);
      if (open.opened === 'skipped') this.skipping -= 1;
      else if (open.opened !== null) this.writer.leave(open.opened);
      if (open.tag === tag) return;
    }
  }

  // A stray </b> must not close the blockquote around it.
  private isWithinReach(tag: string): boolean {
    const least = Math.max(0, this.stack.length - MAX_LOOK_BACK);
    for (let at = this.stack.length - 1; at >= least; at--) {
      const open = this.stack[at]!.tag;
      if (open === tag) return true;
      if (!INLINE_TAGS.has(open)) return false;
    }
    return false;
  }
}
