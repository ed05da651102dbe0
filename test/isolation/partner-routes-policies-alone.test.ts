import { openSeam, seam, withoutFilters } from './filters.ts';

/** A partner's requests where our own filters forget everything: the policies of the database have to hold. */
await openSeam();
seam.loosen = withoutFilters;
const { partnerMatrix } = await import('./partner-matrix.ts');

partnerMatrix({ policies: true, filters: false });
