import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's minimum for argon2id: 19 MiB, 2 passes, 1 lane. */
const NOW = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32, saltLength: 16 };
const MOST_AT_ONCE = 2;

type Parameters = { readonly memory: number; readonly passes: number; readonly parallelism: number; readonly tagLength: number };

/** Hash of a password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(NOW.saltLength);
  const tag = await derive(password, salt, NOW);
  return `$argon2id$v=19$m=${NOW.memory},t=${NOW.passes},p=${NOW.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

export type PasswordCheck = { readonly isRight: boolean; readonly needsRehash: boolean };

/**
 * Compares a password with a stored hash. Without one (no such user) it works as long on a stand-in and says no, so that
 * the time tells nothing.
 */
export async function checkPassword(password: string, stored: string | null): Promise<PasswordCheck> {
  const parsed = parsePhc(stored ?? STAND_IN) ?? parsePhc(STAND_IN);
  if (!parsed) throw new Error('The stand-in hash is broken.');
  const tag = await derive(password, parsed.salt, { ...parsed, tagLength: parsed.tag.length });
  const isRight = timingSafeEqual(tag, parsed.tag) && stored !== null;
  const isOld = parsed.memory !== NOW.memory || parsed.passes !== NOW.passes || parsed.parallelism !== NOW.parallelism;
  return { isRight, needsRehash: isRight && isOld };
}

/** Of no password: 32 zero bytes under a salt of zeros. */
const STAND_IN = `$argon2id$v=19$m=${NOW.memory},t=${NOW.passes},p=${NOW.parallelism}$${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(32))}`;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{16,128})$/;

function parsePhc(phc: string): (Omit<Parameters, 'tagLength'> & { salt: Buffer; tag: Buffer }) | null {
  const match = PHC.exec(phc);
  if (!match) return null;
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

let running = 0;
const waiting: (() => void)[] = [];

/** Each hash takes 19 MiB and a core: more than two at once would only make all of them slow. */
async function derive(password: string, nonce: Buffer, parameters: Parameters): Promise<Buffer> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await argon2id(password, nonce, parameters);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function argon2id(password: string, nonce: Buffer, parameters: Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const { memory, passes, parallelism, tagLength } = parameters;
    argon2('argon2id', { message: password, nonce, parallelism, tagLength, memory, passes }, (error, tag) =>
      error ? reject(error) : resolve(Buffer.from(tag)),
    );
  });
}
