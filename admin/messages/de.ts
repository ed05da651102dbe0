import { clients } from './de/clients.ts';
import { frame } from './de/frame.ts';
import { mails } from './de/mails.ts';
import { orders } from './de/orders.ts';
import { partners } from './de/partners.ts';
import { ra } from './de/ra.ts';
import { records } from './de/records.ts';

/** All German words of the portal that it does not share with mails and pages (those are in `#domain/words`). */
export const de = { ra, ...frame, ...orders, ...records, ...partners, ...clients, ...mails } as const;
