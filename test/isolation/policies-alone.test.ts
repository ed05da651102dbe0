import { openSeam, seam, withoutFilters } from './filters.ts';

/** The filters of the application are taken away here: what the policies of the database forget, comes to light. */
await openSeam();
seam.loosen = withoutFilters;
const { isolationMatrix } = await import('./matrix.ts');

isolationMatrix({ rowLevelSecurity: true });
