import express, { type Router } from 'express';
import { z } from 'zod';
import { BOUNCE_TYPES } from '../events.ts';
import { forwardMail, forwardShape, replyShape, replyTo } from '../inbound/answers.ts';
import {
  answerBounceMail, answerOutOfOffice, answerReadReceipt, bounceMailShape, outOfOfficeShape, readReceiptShape,
} from '../inbound/machines.ts';
import { deliverAgain, inboundShape, receiveMail } from '../inbound/receive.ts';
import type { Mailroom } from '../mailroom.ts';
import type { InboundMail, OutboundMail } from '../records.ts';
import { presentMail } from './present.ts';
import { ControlRefusal } from './refusal.ts';

export const bounceShape = z.strictObject({
  type: z.enum(Object.keys(BOUNCE_TYPES) as [string, ...string[]]).default('HardBounce'),
  /** Default: the first recipient. */
  recipient: z.string().optional(),
});
export const recipientShape = z.strictObject({ recipient: z.string().optional() });
export const againShape = z.strictObject({ as: z.enum(['same', 'new_message_id']).default('same') });

export type BounceOrder = z.input<typeof bounceShape>;

/** What a person, a server or a mail provider does with a mail. */
export function actionRoutes(room: Mailroom): Router {
  const router = express.Router();
  answerRoutes(router, room);
  fateRoutes(router, room);
  router.post('/mails/:id/deliver-again', (request, response) => {
    const { as } = againShape.parse(request.body ?? {});
    const mail = deliverAgain(room, inboundOf(room, request.params.id), as);
    response.status(201).json(presentMail(mail, room.store));
  });
  router.post('/inbound', (request, response) => {
    const mails = receiveMail(room, inboundShape.parse(request.body));
    response.status(201).json(answerOf(room, mails));
  });
  return router;
}

/** Several of our addresses in one mail make several mails; the first is the answer, all are named. */
function answerOf(room: Mailroom, mails: InboundMail[]): Record<string, unknown> {
  const [first] = mails;
  if (!first) throw new ControlRefusal(500, 'No mail came of it.');
  return { ...presentMail(first, room.store), all: mails.map(({ id }) => id) };
}

function answerRoutes(router: Router, room: Mailroom): void {
  const answer = <T>(action: string, shape: z.ZodType<T>, act: (room: Mailroom, mail: OutboundMail, order: T) => InboundMail[]): void => {
    router.post(`/mails/:id/${action}`, (request, response) => {
      const mail = outboundOf(room, request.params['id']);
      response.status(201).json(answerOf(room, act(room, mail, shape.parse(request.body ?? {}))));
    });
  };
  answer('reply', replyShape, replyTo);
  answer('forward', forwardShape, forwardMail);
  answer('out-of-office', outOfOfficeShape, answerOutOfOffice);
  answer('read-receipt', readReceiptShape, answerReadReceipt);
  answer('bounce-mail', bounceMailShape, answerBounceMail);
}

function fateRoutes(router: Router, room: Mailroom): void {
  router.post('/mails/:id/bounce', (request, response) => {
    const order = bounceShape.parse(request.body ?? {});
    const mail = outboundOf(room, request.params.id);
    response.status(201).json(room.deliveries.bounce(mail, recipientOf(mail, order.recipient), order.type));
  });
  router.post('/mails/:id/spam', (request, response) => {
    const order = recipientShape.parse(request.body ?? {});
    const mail = outboundOf(room, request.params.id);
    response.status(201).json(room.deliveries.complain(mail, recipientOf(mail, order.recipient)));
  });
  router.post('/mails/:id/deliver', (request, response) => {
    const order = recipientShape.parse(request.body ?? {});
    const mail = outboundOf(room, request.params.id);
    const recipients = order.recipient === undefined ? mail.deliveries.map(({ recipient }) => recipient) : [recipientOf(mail, order.recipient)];
    for (const recipient of recipients) room.deliveries.deliver(mail.id, recipient);
    response.status(201).json(presentMail(outboundOf(room, mail.id), room.store));
  });
}

function outboundOf(room: Mailroom, id: string | string[] | undefined): OutboundMail {
  const mail = room.store.outbound(String(id));
  if (!mail) throw new ControlRefusal(404, `There is no outgoing mail ${String(id)}.`);
  return mail;
}

/** The inbound mail itself, or the newest answer to an outgoing one. */
function inboundOf(room: Mailroom, id: string): InboundMail {
  const mail = room.store.inbound(id) ??
    room.store.newestFirst().find((other): other is InboundMail => other.direction === 'in' && other.answers === id);
  if (!mail) throw new ControlRefusal(404, `There is no inbound mail ${id}, and none that answers it.`);
  return mail;
}

function recipientOf(mail: OutboundMail, named: string | undefined): string {
  const recipient = named === undefined
    ? mail.deliveries[0]?.recipient
    : mail.deliveries.find((delivery) => delivery.recipient.toLowerCase() === named.toLowerCase())?.recipient;
  if (recipient === undefined) throw new ControlRefusal(422, `${String(named)} is no recipient of this mail.`);
  return recipient;
}
