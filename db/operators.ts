import { runCommand } from './command-line.ts';
import { gateEm, type Orm } from './orm.ts';
import { User } from './users/entity.ts';

/**
 * Makes a user an operator of the installation, or takes that back; only here, so that no organisation's administrator can.
 * Throws an Error for an address that nobody has.
 */
export async function setOperator(orm: Orm, email: string, isOperator: boolean): Promise<void> {
  const changed = await gateEm(orm).transactional((em) => em.nativeUpdate(User, { email: email.trim().toLowerCase() }, { isOperator }));
  if (changed === 0) throw new Error(`Nobody signs in with ${email}: invite them first.`);
}

/** `node db/operators.ts add|remove <e-mail>`. */
if (import.meta.main) {
  const [action, email] = process.argv.slice(2);
  if (!email || (action !== 'add' && action !== 'remove')) {
    process.stderr.write('Say what to do and for whom: add <e-mail address>, or remove <e-mail address>.\n');
    process.exitCode = 1;
  } else {
    await runCommand(async (orm) => {
      await setOperator(orm, email, action === 'add');
      process.stdout.write(`${email} is ${action === 'add' ? 'an operator of this installation now' : 'no operator any more'}.\n`);
    });
  }
}
