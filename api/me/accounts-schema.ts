import { z } from 'zod';
import { MERGED_SORTS } from '#db/work-orders/merge.ts';
import { PRIORITIES, ROLES, WORK_ORDER_STATUSES } from '#domain/statuses.ts';
import { Day, Flag, Id, Instant, listOf, pageOf, searchWord } from '../schema.ts';
import { WorkOrderRow } from '../work-orders/schema.ts';

/** Where somebody may work: own organisations first, then the clients by name. Counts stop at 10,000. */
export const AccountsRecord = z
  .object({
    own: z.array(z.object({ id: Id, name: z.string(), role: z.enum(ROLES), openCount: z.int() })),
    clients: z.array(z.object({ id: Id, name: z.string(), workspaceCount: z.int(), openCount: z.int(), lateCount: z.int(), isEnded: z.boolean() })),
    /** Invitations to partnerships that wait for this user. */
    invitations: z.array(z.object({ id: Id, clientName: z.string(), validUntil: Instant })),
    clientsOpenCount: z.int(),
  })
  .meta({ id: 'Accounts' });

/** No further than so many rows are merged; who wants more filters. */
const DEEPEST_PAGE = 20;

export const ClientOrdersQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(DEEPEST_PAGE).default(1),
  perPage: z.coerce.number().int().min(1).max(100).default(25),
  sort: z.enum(MERGED_SORTS).default('dueOn'),
  order: z.enum(['ASC', 'DESC']).default('ASC'),
  q: searchWord(200),
  status: listOf(z.enum(WORK_ORDER_STATUSES)).optional(),
  /** As `GET /me/accounts` names the clients. */
  clientId: Id.optional(),
  /** Whom of our own people it was given to. */
  person: Id.optional(),
  /** Due, or promised by us, within these days; both included. */
  from: Day.optional(),
  to: Day.optional(),
  /** What waits for us: an answer, or somebody to do it. */
  inbox: Flag.optional(),
  priority: listOf(z.enum(PRIORITIES)).optional(),
  overdue: Flag.optional(),
  /** The two halves of the inbox: our answer is owed; accepted, and given to none of our people. */
  awaitingAnswer: Flag.optional(),
  unassigned: Flag.optional(),
});

/** An order in the list of all clients, and in whose account it lies. */
export const ClientOrderRow = WorkOrderRow.extend({ account: z.object({ id: Id, name: z.string() }) }).meta({ id: 'ClientOrderRow' });
export const ClientOrderPage = pageOf(ClientOrderRow);
