import { isolationMatrix } from './matrix.ts';

isolationMatrix({ rowLevelSecurity: true });
