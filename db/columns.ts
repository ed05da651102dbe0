import { p } from '@mikro-orm/postgresql';
import { v7 } from 'uuid';

/** Primary key: uuid v7, made in the application so that a command knows its ids before it writes. */
export const id = () => p.uuid().primary().onCreate(() => v7());
/** The tenant that owns the row; row-level security and composite keys rest on it. */
export const organisationId = () => p.uuid();
/** A point in time, UTC, with microseconds kept. */
export const instant = () => p.datetime().columnType('timestamptz');
/** A calendar day at the site, 'YYYY-MM-DD'. */
export const day = () => p.date();
/**
 * The id of nothing. What is looked up by what it hangs on asks for that even where it was not found itself: a road that is
 * shorter for what is missing would tell that something else exists.
 */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** A reference by id; the composite foreign key stands in the migration (README, Decisions). */
export const ref = () => p.uuid();
export const newId = (): string => v7();
