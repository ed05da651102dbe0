import { partnerMatrix } from './partner-matrix.ts';

/** The same where the database has no policies: the filters of each feature have to hold. */
partnerMatrix({ policies: false, filters: true });
