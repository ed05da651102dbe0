import { readingAsPartner } from './partner-reading.ts';

readingAsPartner({ rowLevelSecurity: true });
