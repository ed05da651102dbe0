import type { AssigneeFirm, Assignees, AssignInput, Attachment } from '../../providers/types.ts';

/** Whoever may be asked: an own person, a firm of the directory, or an address that is not in it yet. */
export type Choice =
  | { readonly kind: 'member'; readonly id: string; readonly name: string }
  | { readonly kind: 'firm'; readonly id: string; readonly name: string; readonly firm: AssigneeFirm }
  | { readonly kind: 'new'; readonly id: 'new'; readonly name: string };

export type NewFirm = { readonly company: string; readonly contactName: string; readonly email: string; readonly phone: string; readonly locale: string };
export type AssignFields = {
  readonly choice: Choice | null; readonly newFirm: NewFirm; readonly contactId: string; readonly message: string;
  /** `datetime-local`; empty = as the policy says. */
  readonly answerBy: string; readonly nextFirms: readonly { readonly id: string; readonly company: string }[];
  /** null = who sees the files stays as it is. */
  readonly sharedIds: readonly string[] | null;
  /** Shares the order's workspace with the partner as it is asked. */
  readonly sharesWorkspace: boolean;
};

/** People first, then firms by e-mail, partners, and blocked ones last; a typed name that fits nothing becomes a new address. */
export function choicesOf(found: Assignees | undefined, q: string): Choice[] {
  const firms = (found?.firms ?? []).map((firm): Choice => ({ kind: 'firm', id: firm.id, name: firm.company, firm }));
  const people = (found?.members ?? []).map((one): Choice => ({ kind: 'member', id: one.id, name: one.name }));
  const fresh: Choice[] = q.trim().length > 1 ? [{ kind: 'new', id: 'new', name: q.trim() }] : [];
  return [...people, ...firms, ...fresh].sort((one, other) => GROUPS.indexOf(groupOf(one)) - GROUPS.indexOf(groupOf(other)));
}

/** What stands there already is narrowed by its names while the answer to what was typed is on its way: no row moves away under a finger. */
export function narrowed(choices: readonly Choice[], q: string): Choice[] {
  const typed = q.trim().toLocaleLowerCase();
  return choices.filter((one) => one.kind === 'new' || one.name.toLocaleLowerCase().includes(typed));
}

/** Whoever has an account of their own is asked there; who of its people gets the mail is their own rule. */
export function isPartner(choice: Choice | null): boolean {
  return choice?.kind === 'firm' && choice.firm.access === 'partner';
}

const GROUPS = ['firms', 'partners', 'people', 'blocked', 'new_address'] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf(choice: Choice): Group {
  if (choice.kind === 'member') return 'people';
  if (choice.kind === 'new') return 'new_address';
  if (choice.firm.standing === 'blocked') return 'blocked';
  return choice.firm.access === 'partner' ? 'partners' : 'firms';
}

/** The files ticked: as chosen, or as they are shared already. */
export function sharedAmong(files: readonly Pick<Attachment, 'id' | 'visibility'>[], chosen: AssignFields['sharedIds']): readonly string[] {
  return chosen ?? files.filter((one) => one.visibility === 'shared').map((one) => one.id);
}

/** The files whose name holds all the words typed, whatever their case. */
export function filesNamed<File extends Pick<Attachment, 'name'>>(files: readonly File[], typed: string): readonly File[] {
  const words = typed.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return files.filter((one) => words.every((word) => one.name.toLocaleLowerCase().includes(word)));
}

/** What the API needs for preview and sending; null while something is missing. `toIso` turns the local time into a moment. */
export function inputOf(fields: AssignFields, toIso: (local: string) => string | null): AssignInput | null {
  const { choice, newFirm } = fields;
  if (!choice) return null;
  const answerBy = fields.answerBy ? toIso(fields.answerBy) : null;
  const common: AssignInput = {
    ...(fields.message.trim() ? { message: fields.message.trim() } : {}),
    ...(answerBy ? { answerBy } : {}),
    ...(fields.nextFirms.length > 0 ? { nextFirmIds: fields.nextFirms.map((one) => one.id) } : {}),
    ...(fields.sharedIds ? { sharedAttachmentIds: [...fields.sharedIds] } : {}),
  };
  if (choice.kind === 'member') return { memberUserId: choice.id, ...(common.message ? { message: common.message } : {}) };
  if (choice.kind === 'firm') return { firmId: choice.id, ...(fields.contactId && !isPartner(choice) ? { contactId: fields.contactId } : {}), ...(fields.sharesWorkspace && isPartner(choice) ? { sharesWorkspace: true } : {}), ...common };
  if (!newFirm.company.trim() || !newFirm.contactName.trim() || !/^\S+@\S+\.\S+$/.test(newFirm.email.trim())) return null;
  return {
    newFirm: {
      company: newFirm.company.trim(), contactName: newFirm.contactName.trim(), email: newFirm.email.trim(),
      ...(newFirm.phone.trim() ? { phone: newFirm.phone.trim() } : {}), locale: newFirm.locale as 'de-DE',
    },
    ...common,
  };
}
