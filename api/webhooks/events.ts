import type { Request, Response } from 'express';
import { readProviderEvent, recordBounce, recordDelivery } from '#db/mails/log.ts';
import { systemEm } from '#db/orm.ts';
import type { AppDeps } from '../deps.ts';

/** News of a sent mail. Whatever was understood, or never can be, is answered with 200: all else is sent again. */
export function takeMailEvent(deps: AppDeps) {
  return async (req: Request, res: Response): Promise<void> => {
    const now = deps.clock();
    const body: unknown = req.body;
    const traceId = req.get('x-pm-webhook-trace-id')?.slice(0, 200) ?? null;
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    const event = isObject ? readProviderEvent(body as Record<string, unknown>, traceId, now) : null;
    if (!event) {
      res.status(200).json({ outcome: 'ignored' });
      return;
    }
    const record = event.recordType === 'Delivery' ? recordDelivery : recordBounce;
    const outcome = await systemEm(deps.orm, event.organisationId).transactional((em) => record(em, event, now));
    if (outcome === 'unknown') req.log.warn({ recordType: event.recordType, mailId: event.mailId }, 'news of a mail that is not ours');
    res.status(200).json({ outcome });
  };
}
