import { Tab, Tabs, useMediaQuery } from '@mui/material';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { OwnWorkPanel } from '../as-partner/OwnWorkPanel.tsx';
import { withOwnName } from '../as-partner/own-work.ts';
import { useAsPartner } from '../as-partner/use-partner.ts';
import { usePhoneHead } from '../layout/phone-head.tsx';
import { Count } from '../parts/Panel.tsx';
import { useFullRecord } from '../parts/full-record.ts';
import { Failed, LoadingRows } from '../parts/States.tsx';
import { useT } from '../parts/speech.ts';
import { isGone } from '../providers/http.ts';
import type { Order } from '../providers/types.ts';
import { AssignmentPanel } from './AssignmentPanel.tsx';
import { ChangedBand } from './ChangedBand.tsx';
import { Composer } from './Composer.tsx';
import { DetailsPanel } from './DetailsPanel.tsx';
import { FilesTab } from './FilesTab.tsx';
import { OrderActionsProvider } from './order-actions.tsx';
import { OrderHead, OrderMenu } from './OrderHead.tsx';
import { ProcessPanel } from './ProcessPanel.tsx';
import { Thread } from './Thread.tsx';
import { TimelineTab } from './TimelineTab.tsx';
import { WaitsCard } from './WaitsCard.tsx';
import './order.css';

type TabName = 'conversation' | 'process' | 'details' | 'files' | 'timeline';

/** One order: what was said, what are we waiting for, what can I do, without scrolling. */
export function OrderShow() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useFullRecord<Order>('work-orders', id);
  const asPartner = useAsPartner();
  // A share taken back, or work declined: the copy at hand is no longer ours to look at.
  if (data && !isGone(error)) return <OrderPage key={data.id} order={asPartner ? withOwnName(data, asPartner.partnerName) : data} />;
  return error ? <Failed error={error} wasShown={data !== undefined} onRetry={() => void refetch()} /> : <LoadingRows rows={9} />;
}

function OrderPage({ order }: { order: Order }) {
  const isPhone = useMediaQuery('(max-width: 899.95px)');
  return (
    <OrderActionsProvider order={order}>
      {isPhone ? <PhonePage order={order} /> : <DeskPage order={order} />}
    </OrderActionsProvider>
  );
}

function DeskPage({ order }: { order: Order }) {
  const t = useT();
  const [tab, setTab] = useState<TabName>('conversation');
  const [isSharedOnly, setIsSharedOnly] = useState(false);
  const shown = tab === 'process' || tab === 'details' ? 'conversation' : tab;
  return (
    <>
      <OrderHead order={order} />
      <ChangedBand order={order} />
      <div className="order-page">
        <div className="order-main">
          <div className="order-tabs">
            <OrderTabs order={order} tab={shown} names={['conversation', 'files', 'timeline']} onChange={setTab} />
            {shown === 'conversation' ? (
              <span className="thread-filter" role="group" aria-label={t('action.filter')}>
                <button type="button" className={`filter-chip ${isSharedOnly ? '' : 'is-set'}`} aria-pressed={!isSharedOnly} onClick={() => setIsSharedOnly(false)}>{t('order.all')}</button>
                <button type="button" className={`filter-chip ${isSharedOnly ? 'is-set' : ''}`} aria-pressed={isSharedOnly} onClick={() => setIsSharedOnly(true)}>{t('order.only_shared')}</button>
              </span>
            ) : null}
          </div>
          <TabContent order={order} tab={shown} isSharedOnly={isSharedOnly} />
        </div>
        <aside className="order-side" aria-label={t('order.process')}>
          <SidePanels order={order} />
          <DetailsPanel order={order} />
        </aside>
      </div>
    </>
  );
}

function PhonePage({ order }: { order: Order }) {
  const [tab, setTab] = useState<TabName>('conversation');
  usePhoneHead(order.number, order.workspaceName, '/work-orders');
  return (
    <div className="order-phone">
      <OrderHead order={order} isPhone />
      <ChangedBand order={order} />
      <OrderTabs order={order} tab={tab} names={['conversation', 'process', 'details', 'files', 'timeline']} onChange={setTab} />
      <div className="order-phone-body"><TabContent order={order} tab={tab} isSharedOnly={false} isPhone /></div>
    </div>
  );
}

/** What the client steers; a partner has its own work there, and what it keeps for itself. */
function SidePanels({ order }: { order: Order }) {
  return useAsPartner() ? <OwnWorkPanel order={order} /> : <><ProcessPanel order={order} /><AssignmentPanel order={order} /></>;
}

function PhoneCard({ order }: { order: Order }) {
  return useAsPartner() ? <div className="waits-own"><OwnWorkPanel order={order} isShort /></div> : <WaitsCard order={order} />;
}

type OrderTabsProps = { readonly order: Order; readonly tab: TabName; readonly names: readonly TabName[]; readonly onChange: (tab: TabName) => void };

function OrderTabs({ order, tab, names, onChange }: OrderTabsProps) {
  const t = useT();
  const counts: Partial<Record<TabName, number>> = { conversation: order.commentCount, files: order.attachmentCount };
  return (
    <Tabs value={tab} onChange={(_, next: TabName) => onChange(next)} variant="scrollable" scrollButtons={false}>
      {names.map((name) => (
        <Tab key={name} value={name} id={`tab-${name}`} aria-controls="order-tabpanel"
          label={<span className="icon-line">{t(`order.${name}`)}{counts[name] ? <Count value={counts[name]} /> : null}</span>} />
      ))}
    </Tabs>
  );
}

function TabContent({ order, tab, isSharedOnly, isPhone }: { order: Order; tab: TabName; isSharedOnly: boolean; isPhone?: boolean }) {
  return (
    <div role="tabpanel" id="order-tabpanel" aria-labelledby={`tab-${tab}`} className="order-tabpanel">
      {tab === 'conversation' ? (
        <>
          {isPhone ? <PhoneCard order={order} /> : null}
          <Thread order={order} isSharedOnly={isSharedOnly} />
          {order.can['comment'] === false ? null : <Composer order={order} />}
        </>
      ) : null}
      {tab === 'process' ? <SidePanels order={order} /> : null}
      {tab === 'details' ? <><DetailsPanel order={order} /><OrderMenu order={order} isOpenList /></> : null}
      {tab === 'files' ? <FilesTab order={order} /> : null}
      {tab === 'timeline' ? <TimelineTab order={order} /> : null}
    </div>
  );
}
