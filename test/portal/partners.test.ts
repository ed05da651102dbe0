import { describe, expect, test } from '@jest/globals';
import { wordsOf } from '#domain/words/index.ts';
import type { Translate } from '../../admin/messages/shape.ts';
import { assetTree, idsUnder, linesOf, tickOf, toggled } from '../../admin/partners/asset-tree.ts';
import { effectSentences } from '../../admin/partners/effect-words.ts';
import { chosenFor, decided, decidedAnew, ownDecided } from '../../admin/partners/ending.ts';
import { extensionDays } from '../../admin/partners/extension.ts';
import { partnershipSentence } from '../../admin/partners/history-words.ts';
import { EMPTY_INVITATION, inviteInputOf, withFirm } from '../../admin/partners/invite-fields.ts';
import { changesOf, switched, wantedShare, withWanted } from '../../admin/partners/share-draft.ts';
import type { SharedWorkspace } from '../../admin/providers/partner-types.ts';
import type { Firm } from '../../admin/providers/types.ts';

const workspace = (workspaceId: string, share: Partial<NonNullable<SharedWorkspace['share']>> | null): SharedWorkspace => ({
  workspaceId, name: workspaceId, shortName: workspaceId, address: null, assetCount: 5, sharedAssetCount: 0,
  share: share && { scope: 'all', isServed: true, notServedReason: null, assetIds: [], ...share },
});
const [all, chosen, none] = [workspace('all', {}), workspace('chosen', { scope: 'chosen', assetIds: ['a', 'b'] }), workspace('none', null)];

describe('changed shares', () => {
  test('only what differs from what is saved is sent, in the order of the page', () => {
    let draft = withWanted({}, none, { scope: 'chosen', assetIds: ['x'] });
    draft = withWanted(draft, all, { scope: 'none', assetIds: [] });
    expect(changesOf([all, chosen, none], draft)).toEqual([{ workspaceId: 'all', scope: 'none' }, { workspaceId: 'none', scope: 'chosen', assetIds: ['x'] }]);
  });

  test('going back to what is saved is no change, whatever the order of the ticks', () => {
    const away = withWanted({}, chosen, { scope: 'all', assetIds: [] });
    expect(withWanted(away, chosen, { scope: 'chosen', assetIds: ['b', 'a'] })).toEqual({});
  });

  test('a switch that goes off and on again brings back the chosen assets; a new share begins with everything', () => {
    const off = withWanted({}, chosen, switched(chosen, false));
    expect(wantedShare(chosen, off).scope).toBe('none');
    expect(switched(chosen, true)).toEqual({ scope: 'chosen', assetIds: ['a', 'b'] });
    expect(switched(none, true)).toEqual({ scope: 'all', assetIds: [] });
  });

  test('the effect of each change is named with the orders that run there', () => {
    const t = ((key: string, data: { smart_count: number; numbers?: string }) => `${key} ${data.smart_count} ${data.numbers ?? ''}`.trim()) as unknown as Translate;
    const order = (number: string) => ({ id: number, number, title: number });
    const effects = [
      { workspaceId: 'all', gained: 0, lost: 5, runningOrders: ['M-1', 'M-2', 'M-3', 'M-4'].map(order), toTakeBack: [], toCheck: [] },
      { workspaceId: 'none', gained: 0, lost: 0, runningOrders: [], toTakeBack: [], toCheck: [] },
    ];
    expect(effectSentences(effects, [all, none], t)).toEqual(['all: partners.loses 5; partners.affects 4 M-1, M-2, M-3, …']);
  });
});

describe('the tree of assets', () => {
  const asset = (id: string, parentId: string | null = null) => ({ id, parentId, number: id, name: `Anlage ${id}`, category: null });
  const tree = assetTree([asset('10', '1'), asset('2'), asset('1'), asset('9', '1'), asset('7', 'gone')]);
  const first = tree[0]!;

  test('stands by number, below what it belongs to; what belongs to something unknown stands at the top', () => {
    expect(tree.map((one) => one.asset.id)).toEqual(['1', '2', '7']);
    expect(idsUnder(first)).toEqual(['1', '9', '10']);
  });

  test('a tick takes everything below with it and is half where only a part is chosen', () => {
    const ticked = new Set(toggled(first, new Set(['2'])));
    expect([...ticked].sort()).toEqual(['1', '10', '2', '9']);
    expect(tickOf(first, ticked)).toBe('all');
    expect(tickOf(first, new Set(['9']))).toBe('some');
    expect(toggled(first, ticked)).toEqual(['2']);
  });

  test('a search shows what fits with what it belongs to, even where that was folded', () => {
    expect(linesOf(tree, new Set(['1'])).map((one) => one.node.asset.id)).toEqual(['1', '2', '7']);
    expect(linesOf(tree, new Set(['1']), 'anlage 10').map((one) => [one.node.asset.id, one.level])).toEqual([['1', 1], ['10', 2]]);
  });
});

describe('an invitation', () => {
  test('is extended to a later day alone, by the client\'s clock, over a change of clocks too, and never into the past', () => {
    const days = (validUntil: string, now: string, timeZone = 'Europe/Berlin') => extensionDays(validUntil, new Date(now), timeZone);
    expect(days('2026-12-26T22:59:00Z', '2026-11-26T09:00:00Z')).toEqual({ earliest: '2026-12-27', proposed: '2027-01-09' });
    expect(days('2027-03-27T22:59:00Z', '2027-03-01T09:00:00Z')).toEqual({ earliest: '2027-03-28', proposed: '2027-04-10' });
    expect(days('2026-12-26T22:59:00Z', '2026-11-26T09:00:00Z', 'Pacific/Auckland')).toMatchObject({ earliest: '2026-12-28' });
    // Mail is paused: it is over by the calendar and still open.
    expect(days('2026-11-20T22:59:00Z', '2026-11-26T09:00:00Z')).toEqual({ earliest: '2026-11-26', proposed: '2026-12-10' });
  });

  const contact = (email: string, isUndeliverable: boolean) => ({ name: email, email, isUndeliverable });
  const firm = { id: 'f1', company: 'Aufzugdienst', locale: 'de-AT', contacts: [contact('alt@a.example', true), contact('neu@a.example', false)] } as unknown as Firm;

  test('needs a company and an address; a firm of the directory brings its reachable contact and language', () => {
    expect(inviteInputOf(EMPTY_INVITATION)).toBeNull();
    expect(inviteInputOf({ ...EMPTY_INVITATION, company: 'Neu', email: 'halb@' })).toBeNull();
    expect(inviteInputOf(withFirm(EMPTY_INVITATION, firm))).toEqual({ firmId: 'f1', email: 'neu@a.example', name: 'neu@a.example', locale: 'de-AT', workspaceIds: [] });
    expect(inviteInputOf({ ...EMPTY_INVITATION, company: ' Neu ', email: 'wer@neu.example' })).toMatchObject({ company: 'Neu' });
  });

  test('its history is told in words of both languages', () => {
    const event = { name: 'partnership.extended', data: { validUntil: '2026-12-24T22:59:59Z' } };
    const near = (iso: string): string => iso.slice(0, 10);
    expect(partnershipSentence(event, wordsOf('de-DE'), near)).toBe('Einladung verlängert bis 2026-12-24');
    expect(partnershipSentence(event, wordsOf('en-GB'), near)).toBe('Invitation extended until 2026-12-24');
  });

  test('its history names the workspace that was deselected or shared, and what became of it', () => {
    const near = (iso: string): string => iso;
    const said = (name: string, data: Record<string, unknown>, locale: 'de-DE' | 'en-GB' = 'en-GB') => partnershipSentence({ name, data }, wordsOf(locale), near);
    expect(said('partnership.served_changed', { workspace: 'Kita', isServed: false }, 'de-DE')).toBe('Betreute Arbeitsbereiche geändert: Kita (abgewählt)');
    expect(said('partnership.served_changed', { workspace: 'Kita', isServed: true })).toBe('Served workspaces changed: Kita (served again)');
    expect(said('partnership.shares_changed', { workspace: 'Kita', scope: 'none' })).toBe('Shares changed: Kita (no longer shared)');
    expect(said('partnership.shares_changed', {})).toBe('Shares changed');
  });
});

test('a partnership ends only when each running order is decided, and what is handed on has a firm', () => {
  const orders = [{ id: 'o1' }, { id: 'o2' }];
  expect(decided(orders, { o1: { decision: 'finish' } })).toBeNull();
  expect(decided(orders, { o1: { decision: 'finish' }, o2: { decision: 'hand_on' } })).toBeNull();
  expect(decided(orders, { o1: { decision: 'finish' }, o2: { decision: 'hand_on', firmId: 'f2' } })).toEqual([
    { workOrderId: 'o1', decision: 'finish' }, { workOrderId: 'o2', decision: 'hand_on', firmId: 'f2' },
  ]);
  expect(decided([], {})).toEqual([]);
});

test('while it ends, only what is decided otherwise than so far is sent, and the rest stays as it is', () => {
  const kept = { id: 'o1', finishBy: 'partner' } as const;
  const open = { id: 'o2', finishBy: null } as const;
  expect([chosenFor(kept, {}), chosenFor(open, {}), chosenFor(kept, { o1: { decision: 'take_back' } })]).toEqual(['finish', null, 'take_back']);
  expect(decidedAnew([kept, open], {})).toBeNull();
  expect(decidedAnew([kept, open], { o1: { decision: 'finish' } })).toBeNull();
  expect(decidedAnew([kept, open], { o1: { decision: 'take_back' } })).toEqual([{ workOrderId: 'o1', decision: 'take_back' }]);
  expect(decidedAnew([kept, open], { o1: { decision: 'take_back' }, o2: { decision: 'hand_on' } })).toBeNull();
  // An order that meanwhile runs no longer is not decided on.
  expect(decidedAnew([open], { o1: { decision: 'take_back' }, o2: { decision: 'finish' } })).toEqual([{ workOrderId: 'o2', decision: 'finish' }]);
});

test('a partner that ends says of each order whether it is finished or given back; what is done is not given back', () => {
  const orders = [{ id: 'o1', assignmentStatus: 'accepted' }, { id: 'o2', assignmentStatus: 'done' }] as const;
  expect(ownDecided(orders, {})).toBeNull();
  expect(ownDecided(orders, { o1: 'give_back', o2: 'give_back' })).toEqual([{ workOrderId: 'o1', decision: 'give_back' }, { workOrderId: 'o2', decision: 'finish' }]);
});
