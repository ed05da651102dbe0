import type { Position, ProcessInput } from '#workflows/contract.ts';
import type { ActivityDeps } from '../deps.ts';
import { gone } from '../position.ts';
export function inboundActivities(deps: ActivityDeps) {
  return { processInboundMail: async (_input: ProcessInput, _now: string): Promise<Position> => { deps.log.debug('x'); return gone(); } };
}
