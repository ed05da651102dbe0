import type { LinkActor } from '#domain/actors.ts';
import { wordsOf } from '#domain/words/index.ts';
import type { FormFault, Who } from '#templates/render.ts';
import type { PageContext } from './context.ts';

export type Speaker = { readonly contactId: string | null; readonly name: string };
type Known = 'nobody' | 'writer';

/**
 * Who is asked for: the firm's people and a name of one's own, none chosen before a press, so that a machine which posts
 * forms can't answer. A mere message (`writer`) may be known: whoever accepted, else whom the link was mailed to.
 */
export function whoFields(context: PageContext, known: Known): Who {
  const { form, view, locale } = context;
  const words = wordsOf(locale).contactRole;
  return {
    contacts: view.contacts.map(({ id, name, roles }) => ({ id, name, role: roles.map((role) => words[role]).join(', ') || null })),
    known: known === 'writer' ? writerOf(context) : null,
    contactId: form.line('contactId') || null,
    otherName: form.line('otherName', 120),
  };
}

/** Who says so; null, with the fault, where nobody was chosen. */
export function readWho({ form, view }: PageContext): { readonly speaker: Speaker; readonly faults: readonly [] } | { readonly speaker: null; readonly faults: readonly FormFault[] } {
  const chosen = form.line('contactId');
  const contact = view.contacts.find((one) => one.id === chosen);
  if (contact) return { speaker: { contactId: contact.id, name: contact.name }, faults: [] };
  const name = form.line('otherName', 120);
  if (name && (chosen === 'other' || !chosen)) return { speaker: { contactId: null, name }, faults: [] };
  const fault: FormFault = chosen === 'other' ? { field: 'otherName', word: 'nameMissing' } : { field: 'who', word: 'chooseWho' };
  return { speaker: null, faults: [fault] };
}

/** The link's actor in somebody's name; who is known by an address alone stays without one, as names are read by others. */
export function speaking(actor: LinkActor, speaker: Speaker): LinkActor {
  return { ...actor, contactId: speaker.contactId, otherName: speaker.contactId ? null : speaker.name || null };
}

function writerOf({ view, opened }: PageContext): Who['known'] {
  const { assignment, contacts, observer } = view;
  if (observer) return { contactId: null, name: observer.name ?? observer.email ?? '' };
  if (assignment?.answeredByName && !assignment.answeredByContactId) return { contactId: null, name: assignment.answeredByName };
  const contactId = assignment?.answeredByContactId ?? opened.link.contactId;
  const contact = contacts.find((one) => one.id === contactId);
  return contact ? { contactId: contact.id, name: contact.name } : null;
}

/** `m•••@firma.example`: recognisable for who knows it, of no use to others. */
export function masked(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return `${local.slice(0, 1)}•••@${domain}`;
}
