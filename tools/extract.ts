import { createInterface } from 'node:readline';
import { z } from 'zod';
import { extractReply } from '#domain/mail/extract-reply.ts';

const row = z.object({ id: z.union([z.string(), z.number()]), text: z.string().nullish(), html: z.string().nullish(), subject: z.string().nullish() });

/** Reads JSON lines `{id, text?, html?, subject?}` on stdin and prints `{id, visible}` for each, in order; a bad line gives `{id: null, error}`. */
async function main(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    if (!process.stdout.write(`${JSON.stringify(answer(line))}\n`)) await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()));
  }
}

function answer(line: string): { id: string | number; visible: string } | { id: null; error: string } {
  try {
    const { id, text, html, subject } = row.parse(JSON.parse(line));
    return { id, visible: extractReply({ text: text ?? undefined, html: html ?? undefined, subject: subject ?? undefined }).visible };
  } catch (error) {
    return { id: null, error: error instanceof z.ZodError ? z.prettifyError(error) : 'not a line of JSON' };
  }
}

await main();
