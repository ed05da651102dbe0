import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { LOOK_AGAIN_SIGNAL } from '#domain/processes.ts';

/** Something in the database has changed; ids only, for whoever reads the history. */
export const lookAgain = defineSignal<[{ readonly eventId: string | null }]>(LOOK_AGAIN_SIGNAL);

/** Whether somebody has called since we last looked. */
export type Attention = {
  isCalled(): boolean;
  /** To be called right before looking, so that no call after the look is missed. */
  clear(): void;
};

/** Starts to listen; must come before the first wait of a process. */
export function listen(): Attention {
  let called = false;
  setHandler(lookAgain, () => {
    called = true;
  });
  return {
    isCalled: () => called,
    clear: () => {
      called = false;
    },
  };
}

/** Waits until somebody calls or a moment comes (ISO text; null: no moment), whichever is first. */
export async function waitFor(attention: Attention, at: string | null, summary: string | null): Promise<void> {
  if (at === null) {
    await condition(() => attention.isCalled());
    return;
  }
  const ms = Math.max(0, Date.parse(at) - Date.now());
  await condition(() => attention.isCalled(), ms, { summary: summary ?? 'look again' });
}
