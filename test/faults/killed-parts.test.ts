import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { startInstallation, type Installation } from '../support/installation.ts';
import { photo } from '../journeys/photo.ts';
import { Contractor } from './contractor.ts';
import { Coordinator, type Order } from './coordinator.ts';
import { Ledger } from './ledger.ts';
import { killPart, PART_NAMES, waitForPart, type PartName } from './parts.ts';
import { until } from './patience.ts';

const FIRM = { company: 'Schließtechnik Riegelbach', email: 'n.riegelbach@riegelbach.example' };
/** "0 stuck after 60 s of rest." */
const REST_MS = 60_000;

/** So long after a step has begun its part dies: requests are on their way. */
const INTO_THE_STEP_MS = 40;

/** The moments of the story at which a part dies: while this step is under way; `handed over`: the provider has the mail, its answer has not come. */
type Moment = 'assign' | 'handed over' | 'accept' | 'photo' | 'reply' | 'done';
const KILLED_AT: Readonly<Record<PartName, readonly Moment[]>> = {
  API: ['accept', 'reply'],
  worker: ['handed over', 'done'],
  Temporal: ['assign', 'reply'],
  PostgreSQL: ['photo', 'done'],
};

let installation: Installation;
let coordinator: Coordinator;
let ledger: Ledger;

beforeAll(async () => {
  installation = await startInstallation();
  const { result, mailbox } = installation;
  // The provider's plan of retries, an hour in half a minute.
  await mailbox.change({ minuteMs: 500, deliveryMs: 200 });
  coordinator = await Coordinator.signIn(result);
  ledger = new Ledger(result, mailbox);
}, 420_000);

afterAll(async () => {
  await installation?.stop();
}, 60_000);

describe.each(PART_NAMES)('%s dies in the middle of the story', (part) => {
  test('every step happens once, nothing is stuck, and the story ends right', async () => {
    const order = await playStory(part);

    const { status, comments } = await coordinator.look(order);
    expect(status).toBe('closed');
    expect(comments.map(({ door, body, attachments }) => [door, body, attachments.map(({ name }) => name)])).toEqual([
      ['link', 'Foto vom Schaden anbei.', ['schaden.jpg']],
      ['mail', 'Material ist bestellt, Bericht anbei.', ['bericht.pdf']],
      ['mail', 'ERLEDIGT', []],
    ]);
    await until('everything at rest', async () => (await ledger.restless()).length === 0, REST_MS).catch(() => undefined);
    expect(await ledger.restless()).toEqual([]);
    await until('no rule broken', async () => (await ledger.broken(order.id)).length === 0, REST_MS).catch(() => undefined);
    expect(await ledger.broken(order.id)).toEqual([]);
  }, 240_000);
});

/** Assign, accept, photo, reply, done, close; the part dies at its moments and is started again by `npm start`. */
async function playStory(part: PartName): Promise<Order> {
  const during = async <T>(moment: Moment, step: () => Promise<T>): Promise<T> => {
    if (!KILLED_AT[part].includes(moment)) return step();
    // A worker that dies between claiming a mail and handing it over leaves it unclear for ten minutes, by design: no mail but the step's own.
    if (part === 'worker' && moment !== 'handed over') await until('earlier mails are gone', async () => (await ledger.restless()).length === 0);
    return whileDying(part, step);
  };
  const { mailbox } = installation;
  if (KILLED_AT[part].includes('handed over')) await mailbox.orderFault({ kind: 'delay_after_accept', delayMs: 5_000, to: FIRM.email });
  const order = await coordinator.report(`Geländer locker (${part})`);
  const since = new Date();
  const asked = await during('assign', async () => {
    await coordinator.assign(order, FIRM.company);
    return mailbox.mailTo(FIRM.email, { since, subject: /Geländer locker/, timeoutMs: 120_000 });
  });
  await during('handed over', async () => undefined);
  const contractor = new Contractor(asked.links.find((link) => /\/a\/[\w-]{43}$/.test(link)) ?? '');
  await during('accept', async () => contractor.accept());
  const image = await photo();
  await during('photo', async () => contractor.write('Foto vom Schaden anbei.', [{ name: 'schaden.jpg', bytes: image }]));
  const report = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  await during('reply', async () => {
    await mailbox.reply(asked, { text: 'Material ist bestellt, Bericht anbei.', attachments: [{ name: 'bericht.pdf', content: report.toString('base64'), contentType: 'application/pdf' }] });
    await until('the reply is a comment', async () => (await coordinator.look(order)).comments.length === 2);
  });
  await during('done', async () => {
    await mailbox.reply(asked, 'ERLEDIGT');
    await until('the order is done', async () => (await coordinator.look(order)).status === 'done');
  });
  return coordinator.close(order);
}

/** The step begins, its part dies at once, and the step goes on until it has succeeded. */
async function whileDying<T>(part: PartName, step: () => Promise<T>): Promise<T> {
  const { dataFolder } = installation.result;
  const going = step();
  // Where killing fails, the step's own failure must not go unhandled.
  going.catch(() => undefined);
  await delay(INTO_THE_STEP_MS);
  const dead = await killPart(dataFolder, part);
  const result = await going;
  await waitForPart(dataFolder, part, dead);
  return result;
}
