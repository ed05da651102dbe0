import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { formatHelpers } from '../format-helpers.ts';
import { assetPath } from './assets.ts';
import type { PageName } from './data.ts';
import { iconPartials } from './icons.ts';
import { pageHelpers } from './page-helpers.ts';

const environment = Handlebars.create();
const compiled = new Map<PageName, Handlebars.TemplateDelegate<unknown>>();

environment.registerHelper({ ...formatHelpers, ...pageHelpers, asset: assetPath } as Handlebars.HelperDeclareSpec);
environment.registerPartial(iconPartials());
for (const file of readdirSync(new URL('./partials/', import.meta.url))) {
  const source = readFileSync(new URL(`./partials/${file}`, import.meta.url), 'utf8');
  environment.registerPartial(file.slice(0, -'.hbs'.length), source.trimEnd());
}

/** The compiled template of a page; a missing key throws, values never reach prototypes. */
export function compiledPage(name: PageName): Handlebars.TemplateDelegate<unknown> {
  const known = compiled.get(name);
  if (known) return known;
  const source = readFileSync(new URL(`./views/${name}.hbs`, import.meta.url), 'utf8');
  const template = environment.compile<unknown>(source, { strict: true, preventIndent: true });
  compiled.set(name, template);
  return template;
}
