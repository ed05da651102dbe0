import { createContext, lazy, Suspense, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { WorkOrderStep } from '#domain/transitions.ts';
import { useShortcut } from '../layout/shortcuts.tsx';
import type { Assignment, Order } from '../providers/types.ts';
import { CorrectAddressDialog, SendAgainDialog } from './AddressDialogs.tsx';
import { PhoneAnswerDialog } from './PhoneAnswerDialog.tsx';
import { StepDialog } from './StepDialog.tsx';
import { SteerDialog, type SteerAction } from './SteerDialogs.tsx';
import { currentAssignment } from './thread-entries.ts';

const AssignDialog = lazy(async () => ({ default: (await import('../work-orders/assign/AssignDialog.tsx')).AssignDialog }));

/** What asks first on the order page; one dialog at a time, opened from wherever the button stands. */
export type OrderDialog =
  | { readonly kind: 'assign'; readonly firmId?: string | undefined }
  | { readonly kind: 'step'; readonly step: WorkOrderStep }
  | { readonly kind: 'phone'; readonly assignment: Assignment }
  | { readonly kind: 'correct_address' | 'send_again'; readonly assignment: Assignment }
  | { readonly kind: 'steer'; readonly action: SteerAction; readonly assignment: Assignment };

const OrderActionsContext = createContext<(dialog: OrderDialog) => void>(() => undefined);

export function useOrderDialog(): (dialog: OrderDialog) => void {
  return useContext(OrderActionsContext);
}

export function OrderActionsProvider({ order, children }: { order: Order; children: ReactNode }) {
  const [dialog, setDialog] = useState<OrderDialog | null>(null);
  const close = useCallback(() => setDialog(null), []);
  useLinkedDialog(order, setDialog);
  useOrderKeys(order, setDialog);
  const open = useMemo(() => setDialog, []);
  return (
    <OrderActionsContext value={open}>
      {children}
      {dialog?.kind === 'assign' ? <Suspense fallback={null}><AssignDialog order={order} firmId={dialog.firmId} onClose={close} /></Suspense> : null}
      {dialog?.kind === 'step' ? <StepDialog order={order} step={dialog.step} onClose={close} /> : null}
      {dialog?.kind === 'phone' ? <PhoneAnswerDialog assignment={dialog.assignment} onClose={close} /> : null}
      {dialog?.kind === 'correct_address' ? <CorrectAddressDialog assignment={dialog.assignment} onClose={close} /> : null}
      {dialog?.kind === 'send_again' ? <SendAgainDialog assignment={dialog.assignment} onClose={close} /> : null}
      {dialog?.kind === 'steer' ? <SteerDialog action={dialog.action} assignment={dialog.assignment} onClose={close} /> : null}
    </OrderActionsContext>
  );
}

/** Links in mails say what they are for: `?do=answer`, `hand-on`, `extend`, and the list's `assign`. */
function useLinkedDialog(order: Order, open: (dialog: OrderDialog) => void): void {
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('do');
  useEffect(() => {
    if (!wanted) return;
    const assignment = currentAssignment(order.assignments);
    if (wanted === 'assign' && (order.can['assign'] || order.can['assignPerson'])) open({ kind: 'assign', firmId: search.get('firm') ?? undefined });
    if (assignment && wanted === 'answer' && assignment.can['answer']) open({ kind: 'phone', assignment });
    if (assignment && wanted === 'hand-on' && assignment.can['handOn']) open({ kind: 'steer', action: 'hand_on', assignment });
    if (assignment && wanted === 'extend' && assignment.can['moveDeadline']) open({ kind: 'steer', action: 'deadline', assignment });
    setSearch({}, { replace: true });
    // Once per link: what happens later on the page must not open it again.
  }, [wanted]);
}

function useOrderKeys(order: Order, open: (dialog: OrderDialog) => void): void {
  const assignment = currentAssignment(order.assignments);
  useShortcut('b', () => open({ kind: 'assign' }), order.can['assign'] === true || order.can['assignPerson'] === true);
  useShortcut('t', () => { if (assignment) open({ kind: 'phone', assignment }); }, assignment?.can['answer'] === true);
}
