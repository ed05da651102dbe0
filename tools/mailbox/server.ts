import { startMailbox } from './app.ts';
import { readMailboxSettings, SettingsError } from './settings.ts';

/** Starts the mailbox from the environment and stops it on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const mailbox = await startMailbox(readMailboxSettings(process.env));
  console.log(JSON.stringify({ level: 'info', msg: 'mailbox ready', url: mailbox.url, mails: mailbox.room.store.mails.size }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void mailbox.stop().then(() => process.exit(0));
    });
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return 'The port of the mailbox is taken: name another by MAILBOX_PORT.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}
