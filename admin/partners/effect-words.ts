import type { Translate } from '../messages/shape.ts';
import type { SharedWorkspace, ShareEffect } from '../providers/partner-types.ts';

const NAMED_ORDERS = 3;

/** "Rathausquartier: 1 Anlage weniger; betroffen: W-2026-00049": what a change does, a sentence per workspace. */
export function effectSentences(effects: readonly ShareEffect[], workspaces: readonly Pick<SharedWorkspace, 'workspaceId' | 'name'>[], t: Translate): string[] {
  return effects.flatMap((effect) => {
    const name = workspaces.find((one) => one.workspaceId === effect.workspaceId)?.name ?? '';
    const numbers = effect.runningOrders.slice(0, NAMED_ORDERS).map((one) => one.number).join(', ');
    const parts = [
      effect.gained > 0 ? t('partners.gains', { smart_count: effect.gained }) : '',
      effect.lost > 0 ? t('partners.loses', { smart_count: effect.lost }) : '',
      effect.runningOrders.length > 0 ? t('partners.affects', { smart_count: effect.runningOrders.length, numbers: effect.runningOrders.length > NAMED_ORDERS ? `${numbers}, …` : numbers }) : '',
    ].filter(Boolean);
    return parts.length > 0 ? [`${name}: ${parts.join('; ')}`] : [];
  });
}
