import { Parser } from 'htmlparser2';
import { insist } from './patience.ts';

type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>>; readonly contactIds: readonly string[] };

/** Somebody of a firm who opens the link of the mail and fills in its forms; no script, no cookie. */
export class Contractor {
  readonly #link: string;

  constructor(link: string) {
    this.#link = link;
  }

  /** Says who they are and accepts; pressed again until it went through. */
  async accept(): Promise<void> {
    const form = await this.#form('annehmen');
    const body = new URLSearchParams({ ...form.fields, contactId: form.contactIds[0] ?? '' });
    await this.#send(form, body);
  }

  /** Writes a message with files. */
  async write(text: string, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
    const form = await this.#form('nachrichten');
    const body = new FormData();
    const contactId = form.fields['contactId'] ?? form.contactIds[0] ?? '';
    for (const [name, value] of Object.entries({ ...form.fields, contactId, text })) body.append(name, value);
    for (const file of files) body.append('files', new Blob([file.bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }), file.name);
    await this.#send(form, body);
  }

  async #form(page: string): Promise<Form> {
    const response = await insist(`${this.#link}/${page}`, {});
    const form = response.ok ? formIn(await response.text()) : null;
    if (!form) throw new Error(`${page} shows no form (${response.status})`);
    return form;
  }

  async #send(form: Form, body: URLSearchParams | FormData): Promise<void> {
    // A page that sends no referrer sends this origin.
    const response = await insist(new URL(form.action, this.#link).href, { method: 'POST', body, headers: { origin: 'null' } });
    if (response.status !== 303) throw new Error(`${form.action.replace(/\/a\/[^/]+/, '/a/…')} answered ${response.status}: ${(await response.text()).slice(0, 2000)}`);
  }
}

/** The first form of a page that changes something: its hidden fields, and the people it offers. */
function formIn(html: string): Form | null {
  let action: string | null = null;
  let isOver = false;
  const fields: Record<string, string> = {};
  const contactIds: string[] = [];
  const parser = new Parser({
    onopentag: (name, { method, action: target, type, name: field, value }) => {
      if (name === 'form' && method === 'post' && action === null) action = target ?? '';
      if (name !== 'input' || action === null || isOver || !field) return;
      if (type === 'hidden') fields[field] = value ?? '';
      if (field === 'contactId' && type === 'radio' && value && value !== 'other') contactIds.push(value);
    },
    onclosetag: (name) => {
      if (name === 'form' && action !== null) isOver = true;
    },
  });
  parser.end(html);
  return action === null ? null : { action, fields, contactIds };
}
