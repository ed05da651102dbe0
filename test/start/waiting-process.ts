import { condition, defineQuery, setHandler, sleep } from '@temporalio/workflow';

export const seenInstants = defineQuery<string[]>('seenInstants');

/** Waits three times ten days and notes when it woke. */
export async function waitingProcess(): Promise<string[]> {
  const seen: string[] = [];
  setHandler(seenInstants, () => seen);
  for (let round = 0; round < 3; round += 1) {
    await condition(() => false, '10 days');
    seen.push(new Date(Date.now()).toISOString());
  }
  await sleep('1 hour');
  return seen;
}
