import type { Accounts } from '../providers/partner-types.ts';
import type { Session } from '../providers/types.ts';

type Choice = { readonly id: string; readonly name: string };

/** Own accounts first, then clients, each by name; `q` is looked for anywhere in the name. */
export function accountsBy(accounts: Accounts, q: string): Pick<Accounts, 'own' | 'clients'> {
  const wanted = q.trim().toLowerCase();
  const found = <One extends Choice>(all: readonly One[]): One[] =>
    all.filter((one) => one.name.toLowerCase().includes(wanted)).sort((one, other) => one.name.localeCompare(other.name, 'de'));
  return { own: found(accounts.own), clients: found(accounts.clients) };
}

/** What is known before the answer: the own accounts, without counts. */
export function ownOnly(session: Session | null): Accounts {
  return { own: (session?.accounts ?? []).map(({ id, name, role }) => ({ id, name, role, openCount: 0 })), clients: [], invitations: [], clientsOpenCount: 0 };
}
