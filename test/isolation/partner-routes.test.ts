import { partnerMatrix } from './partner-matrix.ts';

partnerMatrix({ policies: true, filters: true });
