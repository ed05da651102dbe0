import { isolationMatrix } from './matrix.ts';

/** The policies of the database are switched off here: what the queries of each feature forget, comes to light. */
isolationMatrix({ rowLevelSecurity: false });
