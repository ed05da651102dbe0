import { Button, IconButton, Menu, MenuItem, Tooltip } from '@mui/material';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { WorkOrderStep } from '#domain/transitions.ts';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { useAccount } from '../layout/account-context.ts';
import { EditIcon, EyeIcon, MoreIcon, ShieldIcon } from '../parts/icons.ts';
import { PageHead } from '../parts/PageHead.tsx';
import { Initials } from '../parts/Panel.tsx';
import { PriorityTag, StatusChip } from '../parts/StatusChip.tsx';
import { useCommand, useSayFailure } from '../parts/portal.ts';
import { useT } from '../parts/speech.ts';
import { useFormat } from '../parts/time.ts';
import type { Order } from '../providers/types.ts';
import { useOrderDialog } from './order-actions.tsx';

/** Steps that need no question before them. */
const AT_ONCE: readonly WorkOrderStep[] = ['start', 'resume', 'complete'];
/** The likeliest next step gets the filled button; cancelling never does. */
const LIKELY: readonly WorkOrderStep[] = ['close', 'complete', 'resume', 'start'];

/** Where we are, what it is, how it stands, and the likeliest step. */
export function OrderHead({ order, isPhone }: { order: Order; isPhone?: boolean }) {
  const t = useT();
  const format = useFormat();
  const asPartner = useAsPartner();
  const chips = (
    <>
      <StatusChip status={order.status} waitingReason={order.waitingReason} waitingNote={order.waitingNote} />
      <PriorityTag priority={order.priority} isTag />
      {order.isSafetyRelevant ? <span className="tag is-hold"><ShieldIcon />{t('order.safety')}</span> : null}
      {order.isWarranty ? <span className="tag">{t('order.warranty')}</span> : null}
    </>
  );
  if (isPhone) {
    return (
      <div className="order-phone-head">
        <PageHead title={order.title} />
        <div className="order-phone-chips">
          {chips}
          {order.dueOn ? <span className={order.isOverdue ? 'danger' : 'second'}>{t('order.due', { day: format.nearDay(order.dueOn) })}</span> : null}
          {order.responsible ? <Initials name={order.responsible.name} /> : null}
        </div>
        <div className="order-phone-steps"><LikelyStep order={order} /></div>
      </div>
    );
  }
  const crumbs = [{ label: t(asPartner ? 'client.orders' : 'list.title'), to: '/work-orders' }, { label: order.workspace.name, to: `/workspaces/${order.workspace.id}/show` }];
  return <PageHead title={order.title} crumbs={crumbs} end={order.number} beside={chips} actions={<HeadActions order={order} />} />;
}

function HeadActions({ order }: { order: Order }) {
  const t = useT();
  return (
    <>
      <LikelyStep order={order} />
      <ObserveButton order={order} />
      {order.can['edit'] ? <Button variant="outlined" startIcon={<EditIcon />} component={Link} to={`/work-orders/${order.id}`}>{t('action.edit')}</Button> : null}
      <OrderMenu order={order} />
    </>
  );
}

function LikelyStep({ order }: { order: Order }) {
  const likely = LIKELY.find((step) => order.steps.includes(step));
  return likely ? <StepButton order={order} step={likely} isLikely={likely === 'close' || likely === 'complete'} /> : null;
}

function StepButton({ order, step, isLikely }: { order: Order; step: WorkOrderStep; isLikely?: boolean }) {
  const t = useT();
  const run = useStep(order);
  return (
    <Button variant={isLikely ? 'contained' : 'outlined'} color={step === 'cancel' ? 'error' : 'primary'} onClick={() => run(step)}>{t(`step.${step}`)}</Button>
  );
}

/** Makes a step at once, or opens the dialog that asks for its reason. */
function useStep(order: Order): (step: WorkOrderStep) => void {
  const open = useOrderDialog();
  const sayFailure = useSayFailure();
  const make = useCommand((portal, step: WorkOrderStep) => portal.stepOrder(order.id, { step }), { said: 'step.done' });
  return (step) => {
    if (AT_ONCE.includes(step)) make.mutate(step, { onError: sayFailure });
    else open({ kind: 'step', step });
  };
}

/** All other steps: a menu on the desk, a list of buttons on the phone. */
export function OrderMenu({ order, isOpenList }: { order: Order; isOpenList?: boolean }) {
  const t = useT();
  const run = useStep(order);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const likely = LIKELY.find((step) => order.steps.includes(step));
  const steps = order.steps.filter((step) => step !== likely);
  if (isOpenList) {
    return (
      <div className="order-phone-menu">
        {order.can['edit'] ? <Button variant="outlined" component={Link} to={`/work-orders/${order.id}`}>{t('action.edit')}</Button> : null}
        <ObserveButton order={order} />
        {steps.map((step) => <StepButton key={step} order={order} step={step} />)}
      </div>
    );
  }
  if (steps.length === 0) return null;
  return (
    <>
      <Tooltip title={t('action.more')}>
        <IconButton className="more-button" aria-label={t('action.more')} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}><MoreIcon /></IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {steps.map((step) => (
          <MenuItem key={step} className={step === 'cancel' ? 'danger' : ''} onClick={() => { setAnchor(null); run(step); }}>{t(`step.${step}`)}</MenuItem>
        ))}
      </Menu>
    </>
  );
}

function ObserveButton({ order }: { order: Order }) {
  const t = useT();
  const { session } = useAccount();
  const asPartner = useAsPartner();
  const own = order.observers.find((one) => one.userId === session.user.id);
  const add = useCommand((portal, _input: null) => portal.addObserver(order.id, { userId: session.user.id, choice: 'at_once', canComment: true }), { saysFailure: true });
  const leave = useCommand((portal, id: string) => portal.removeObserver(id), { saysFailure: true });
  if (asPartner && !order.can['observe']) return null;
  if (own) return <Button variant="outlined" startIcon={<EyeIcon />} aria-pressed onClick={() => leave.mutate(own.id)}>{t('order.observing')}</Button>;
  return <Button variant="outlined" startIcon={<EyeIcon />} aria-pressed={false} onClick={() => add.mutate(null)}>{t('order.observe')}</Button>;
}
