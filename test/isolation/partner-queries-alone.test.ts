import { readingAsPartner } from '../api/partner-reading.ts';

/** What the queries for partners forget, comes to light here: the database's policies are off. */
readingAsPartner({ rowLevelSecurity: false });
