import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { swissify } from '#domain/format/swissify.ts';
import { languageOf, type Locale } from '#domain/statuses.ts';
import type { MailName } from '#domain/words/mail-names.ts';
import { formatHelpers } from '../format-helpers.ts';
import { plainTextEnvironment } from '../plain-text.ts';
import { htmlHelpers } from './html-helpers.ts';
import { textHelpers } from './text-helpers.ts';

type Template = Handlebars.TemplateDelegate<unknown>;
export type CompiledMail = {
  readonly subject: Template;
  readonly preview: Template;
  readonly text: Template;
  readonly html: Template;
};

/** A missing key is a fault of ours and throws; values never reach prototypes; partials keep their own spacing. */
const STRICT: Parameters<typeof Handlebars.compile>[1] = { strict: true, preventIndent: true };

const mailHelpers = {
  path: (link: string, step: string): string => `${link}/${step}`,
  withoutReply: (subject: string): string => subject.replace(/^(?:\s*(?:re|aw|antw|sv|wg|fwd?|tr)\s*:)+\s*/i, ''),
  all: (...values: unknown[]): boolean => values.slice(0, -1).every(Boolean),
};

/** The templates of one spelling: German, Swiss German or English, each as text and as HTML, compiled at first use. */
class Spelling {
  readonly #folder: URL;
  readonly #spell: (source: string) => string;
  readonly #text: typeof Handlebars;
  readonly #html: typeof Handlebars;
  readonly #compiled = new Map<MailName, CompiledMail>();

  constructor(locale: Locale) {
    this.#folder = new URL(`./${languageOf(locale)}/`, import.meta.url);
    this.#spell = locale === 'de-CH' ? swissify : (source) => source;
    this.#text = this.#prepare(plainTextEnvironment(), textHelpers, 'layout.text.hbs');
    this.#html = this.#prepare(Handlebars.create(), htmlHelpers, 'layout.html.hbs');
  }

  mail(name: MailName): CompiledMail {
    const known = this.#compiled.get(name);
    if (known) return known;
    const { head, body } = this.#split(this.#read(`${name}.hbs`), name);
    const inLayout = `{{#> layout}}\n${body}{{/layout}}`;
    const mail = {
      subject: this.#text.compile<unknown>(head('subject'), STRICT),
      preview: this.#text.compile<unknown>(head('preview'), STRICT),
      text: this.#text.compile<unknown>(inLayout, STRICT),
      html: this.#html.compile<unknown>(inLayout, STRICT),
    };
    this.#compiled.set(name, mail);
    return mail;
  }

  #prepare(environment: typeof Handlebars, helpers: Handlebars.HelperDeclareSpec, layout: string): typeof Handlebars {
    environment.registerHelper({ ...formatHelpers, ...mailHelpers, ...helpers } as Handlebars.HelperDeclareSpec);
    environment.registerPartial('layout', readFileSync(new URL(layout, import.meta.url), 'utf8'));
    for (const file of readdirSync(this.#folder)) {
      if (file.startsWith('_')) environment.registerPartial(file.slice(1, -'.hbs'.length), this.#read(file).trimEnd());
    }
    return environment;
  }

  #read(file: string): string {
    return this.#spell(readFileSync(new URL(file, this.#folder), 'utf8'));
  }

  /** A mail's file begins with `subject:` and `preview:`, then `---`, then the body. */
  #split(source: string, name: MailName): { head: (field: string) => string; body: string } {
    const border = source.indexOf('\n---\n');
    const lines = source.slice(0, border).split('\n');
    const head = (field: string): string => {
      const line = lines.find((one) => one.startsWith(`${field}: `));
      if (border < 0 || !line) throw new Error(`mail template ${name} has no ${field}`);
      return line.slice(field.length + 2);
    };
    return { head, body: source.slice(border + '\n---\n'.length) };
  }
}

const spellings = new Map<string, Spelling>();

/** The compiled templates of a mail in the spelling of a locale. */
export function compiledMail(name: MailName, locale: Locale): CompiledMail {
  const key = locale === 'de-AT' ? 'de-DE' : locale;
  const spelling = spellings.get(key) ?? new Spelling(locale);
  spellings.set(key, spelling);
  return spelling.mail(name);
}
