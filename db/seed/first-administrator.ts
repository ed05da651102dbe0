import { runCommand } from '../command-line.ts';
import { gateEm, type Orm } from '../orm.ts';
import { issueAccountToken } from '../users/commands/tokens.ts';

/** A link, valid for 7 days and once, whose holder makes an organisation and becomes its administrator. */
export async function firstAdministratorLink(orm: Orm, publicUrl: string, now: Date): Promise<string> {
  const wanted = { purpose: 'first_administrator', userId: null, organisationId: null } as const;
  const { token } = await gateEm(orm).transactional((em) => issueAccountToken(em, wanted, now));
  return new URL(`/account/${token}`, publicUrl).href;
}

/** `node db/seed/first-administrator.ts` prints `{"link": "…"}`. */
if (import.meta.main) {
  await runCommand(async (orm, settings) => {
    const link = await firstAdministratorLink(orm, settings.PUBLIC_URL, new Date());
    process.stdout.write(`${JSON.stringify({ link })}\n`);
  });
}
