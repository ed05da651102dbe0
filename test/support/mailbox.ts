import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMailbox } from '#tools/mailbox/app.ts';
import { Mailbox } from '#tools/mailbox/client.ts';
import { defaultLiveSettings, type LiveSettings } from '#tools/mailbox/settings.ts';

export { Mailbox };
export type { MailboxMail, ReplyOrder } from '#tools/mailbox/client.ts';

export interface TestMailbox {
  mailbox: Mailbox;
  /** For POSTMARK_API_URL and POSTMARK_SERVER_TOKEN. */
  url: string;
  token: string;
  stop: () => Promise<void>;
}

/** Starts a mailbox of its own in this process, on a free port and with an empty folder; deliveries come at once. */
export async function openMailbox(live: Partial<LiveSettings> = {}, inboundDomain = 'reply.gewerk.localhost'): Promise<TestMailbox> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
  const token = 'test-token';
  const running = await startMailbox({
    dataFolder, host: '127.0.0.1', port: 0, token, inboundDomain,
    live: { ...defaultLiveSettings(), deliveryMs: 0, minuteMs: 50, ...live },
  });
  return {
    mailbox: new Mailbox(running.url),
    url: running.url,
    token,
    stop: async () => {
      await running.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
