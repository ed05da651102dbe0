import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { createElement } from 'react';
import { useDataProvider, useNotify, type DataProvider } from 'react-admin';
import type { PortalDataProvider } from '../providers/data.ts';
import type { Order } from '../providers/types.ts';
import { useErrorText, useT } from './speech.ts';
import { UNDO_MILLISECONDS, UndoNotice } from './UndoNotice.tsx';
import type { MessageKey } from '../messages/shape.ts';

/** The data provider with the portal's own verbs; answers 401 by the sign-in page. */
export function usePortal(): PortalDataProvider {
  return useDataProvider<DataProvider>() as unknown as PortalDataProvider;
}

/** Says why a small action without a dialog of its own did not work. */
export function useSayFailure(): (error: unknown) => void {
  const notify = useNotify();
  const errorText = useErrorText();
  return (error) => {
    const text = errorText(error);
    notify(text, { type: 'error', messageArgs: { _: text } });
  };
}

let lastOwnCommandAt = 0;

/** Whether something was done in this tab within the last seconds: then a change is most likely one's own. */
export function hasJustActed(withinMs = 3_000): boolean {
  return Date.now() - lastOwnCommandAt < withinMs;
}

type CommandOptions<Output, Input> = {
  /** First parts of the query keys to ask again. */
  readonly refreshes?: readonly string[];
  readonly said?: MessageKey;
  /** For small actions that have no place of their own to say why they failed. */
  readonly saysFailure?: true;
  readonly onDone?: (output: Output, input: Input) => void;
  /** The reverse command of a small thing, offered beside `said` for a few seconds; null where there is none. */
  readonly undo?: (output: Output, input: Input) => ((portal: PortalDataProvider) => Promise<unknown>) | null;
};

/** One command of the API as a mutation: refreshes what it may have changed and says that it worked. Errors stay with the caller. */
export function useCommand<Input, Output>(
  run: (portal: PortalDataProvider, input: Input) => Promise<Output>,
  { refreshes = ['work-orders'], said, saysFailure, onDone, undo }: CommandOptions<Output, Input> = {},
): UseMutationResult<Output, Error, Input> {
  const portal = usePortal();
  const client = useQueryClient();
  const notify = useNotify();
  const t = useT();
  const sayFailure = useSayFailure();
  const takeOver = (output: unknown): void => {
    lastOwnCommandAt = Date.now();
    if (isOrder(output)) client.setQueryData(['work-orders', 'full', output.id], output);
    for (const key of [...refreshes, 'account']) void client.invalidateQueries({ queryKey: [key] });
  };
  const takeBack = async (reverse: (portal: PortalDataProvider) => Promise<unknown>): Promise<void> => {
    lastOwnCommandAt = Date.now();
    try {
      takeOver(await reverse(portal));
      notify('state.undone', { type: 'success' });
    } catch (error) {
      sayFailure(error);
    }
  };
  return useMutation<Output, Error, Input>({
    mutationFn: (input) => {
      lastOwnCommandAt = Date.now();
      return run(portal, input);
    },
    onError: (error) => { if (saysFailure) sayFailure(error); },
    onSuccess: (output, input) => {
      takeOver(output);
      const reverse = undo?.(output, input);
      if (said && reverse) notify(createElement(UndoNotice, { text: t(said), onUndo: () => void takeBack(reverse) }), { type: 'success', autoHideDuration: UNDO_MILLISECONDS });
      else if (said) notify(said, { type: 'success' });
      onDone?.(output, input);
    },
  });
}

/** Commands on an order answer with the whole of it: buttons follow the new state at once, without asking again. */
function isOrder(output: unknown): output is Order {
  return typeof output === 'object' && output !== null && 'assignments' in output && 'comments' in output;
}
