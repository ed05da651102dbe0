import { acceptInvitation, type Acceptance } from '#db/partnerships/accept-invitation.ts';
import { prepareNewPassword } from '#db/users/commands/passwords.ts';
import { findAccounts } from '#db/users/queries.ts';
import { DomainError } from '#domain/errors.ts';
import { SHORTEST_PASSWORD } from '#domain/passwords.ts';
import type { FormFault, InvitationJoinPage } from '#templates/render.ts';
import { idOf } from '../schema.ts';
import { provePassword, signIn } from '../sign-in/sign-in.ts';
import { accountLink, goBelow, standingOf, toInvitation, unlessAnswered } from './invitation.ts';
import { page, type PageAnswer } from './context.ts';
import type { InvitationContext, InvitationHandler } from './invitation-context.ts';
import { masked } from './who.ts';

/** `GET …/annehmen`: choose a company where one is signed in, else sign in, else make an account. */
export const joinPage: InvitationHandler = async (context) => standingOf(context) ?? form(context);

/** `POST …/anmelden`: as everywhere, by password and within its limits; the address is the invited one, never a typed one. */
export const signInHere: InvitationHandler = async (context) => {
  const { view, visitor } = context;
  if (standingOf(context)) return toInvitation(context);
  try {
    const userId = await provePassword(visitor, view.partnership.invitedEmail, context.form.all('password')[0] ?? '');
    await signIn(visitor, userId);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'sign_in_failed') return form(context, [{ field: 'password', word: 'signInFailed' }]);
    throw error;
  }
  return goBelow(context, 'annehmen');
};

/** `POST …/konto`: the link has proven the mailbox; a login, a company and the partnership begin together, or none of them. */
export const makeAccount: InvitationHandler = async (context) => {
  const { view, locale, form: sent } = context;
  if (standingOf(context)) return toInvitation(context);
  if (view.hasLogin || context.signedIn) return goBelow(context, 'annehmen');
  const [name, company] = [sent.line('name', 120), sent.line('company', 120)];
  const faults: FormFault[] = [];
  if (!name) faults.push({ field: 'name', word: 'nameMissing' });
  if (!company) faults.push({ field: 'company', word: 'companyMissing' });
  const hash = await passwordHash(context, [name, company, view.partnership.invitedEmail]);
  if (typeof hash !== 'string') faults.push(hash);
  if (faults.length > 0 || typeof hash !== 'string') return form(context, faults);
  return accept(context, { user: { name, passwordHash: hash, locale }, organisation: { name: company } });
};

/** `POST …/annehmen` of whoever is signed in. */
export const acceptHere: InvitationHandler = async (context) => {
  const { signedIn, form: sent, view } = context;
  if (signedIn && view.state === 'accepted' && view.partnership.acceptedByUserId === signedIn.userId) return { goTo: accountLink(view.partnership.id) };
  if (standingOf(context)) return toInvitation(context);
  if (!signedIn) return goBelow(context, 'annehmen');
  const chosen = sent.line('organisation');
  const company = sent.line('company', 120);
  const isNew = chosen === 'other';
  if (isNew && !company) return form(context, [{ field: 'company', word: 'companyMissing' }]);
  const known = idOf(chosen);
  if (!isNew && !known) return form(context, [{ field: 'organisation', word: 'chooseCompanyFault' }]);
  return accept(context, { user: { id: signedIn.userId }, organisation: known ? { id: known } : { name: company } });
};

const FAULTS: Readonly<Record<string, FormFault['word']>> = { not_found: 'chooseCompanyFault', partnership_exists: 'alreadyPartner', own_address: 'inviterItself' };

async function accept(context: InvitationContext, input: Acceptance): Promise<PageAnswer> {
  const { transact, opened, now, visitor, signedIn } = context;
  try {
    const { partnership, userId } = await transact((em) => acceptInvitation(em, opened.actor, input, now));
    if (!signedIn) await signIn(visitor, userId);
    return { goTo: accountLink(partnership.id) };
  } catch (error) {
    const word = error instanceof DomainError ? FAULTS[error.code] : undefined;
    if (word) return form(context, [{ field: 'organisation', word }]);
    if (error instanceof DomainError && error.code === 'email_taken') return goBelow(context, 'annehmen');
    unlessAnswered(error);
    return toInvitation(context);
  }
}

/** The hash of a good password, or what is wrong with it. */
async function passwordHash({ form: sent }: InvitationContext, known: readonly string[]): Promise<string | FormFault> {
  try {
    return await prepareNewPassword(sent.all('password')[0] ?? '', known.filter(Boolean));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { field: 'password', word: error.code === 'password_too_short' ? 'passwordShort' : 'passwordCommon' };
  }
}

async function form(context: InvitationContext, faults: readonly FormFault[] = []): Promise<PageAnswer> {
  const { base, view, signedIn, visitor, form: sent } = context;
  const own = signedIn ? await visitor.transact((em) => findAccounts(em, signedIn.userId)) : [];
  const possible = own.filter((one) => one.id !== view.organisation.id);
  const organisations = possible.filter((one) => one.role === 'admin').map(({ id, name }) => ({ id, name }));
  const administeredByOthers = possible.filter((one) => one.role !== 'admin').map((one) => one.name).join(', ') || null;
  const isFirst = faults.length === 0;
  const data: InvitationJoinPage = {
    ...base,
    mode: signedIn ? 'choose' : view.hasLogin ? 'sign_in' : 'sign_up',
    email: masked(view.partnership.invitedEmail),
    signedInEmail: signedIn?.email ?? null,
    name: isFirst ? (view.partnership.invitedName ?? '') : sent.line('name', 120),
    company: isFirst ? view.company : sent.line('company', 120),
    // Whoever works for a company that others administer does not found one by pressing a button.
    organisation: sent.line('organisation') || (possible.length === 0 ? 'other' : null),
    organisations,
    administeredByOthers,
    minPasswordLength: SHORTEST_PASSWORD,
    faults,
  };
  return page('invitation-join', data, isFirst ? 200 : 422);
}
