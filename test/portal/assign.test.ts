import { describe, expect, test } from '@jest/globals';
import type { Assignees } from '../../admin/providers/types.ts';
import { type AssignFields, type Choice, choicesOf, filesNamed, groupOf, inputOf, narrowed, sharedAmong } from '../../admin/work-orders/assign/choice.ts';

const firm = (id: string, over: object = {}) => ({ id, company: id, standing: 'normal', access: 'email', contacts: [], ...over });
const found = {
  members: [{ id: 'm1', name: 'Selma Oruç', role: 'technician' }],
  firms: [firm('blocked', { standing: 'blocked', blockedReason: 'zwei offene Mängel' }), firm('mail'), firm('partner', { access: 'partner' })],
} as unknown as Assignees;
const fields = (over: Partial<AssignFields>): AssignFields => ({
  choice: null, newFirm: { company: '', contactName: '', email: '', phone: '', locale: 'de-DE' }, contactId: '', message: '', answerBy: '', nextFirms: [], sharedIds: null, sharesWorkspace: false, ...over,
});
const toIso = (local: string): string => `${local}:00.000Z`;

describe('whom to ask', () => {
  test('firms come first, blocked ones stay visible at the end', () => {
    expect(choicesOf(found, '').map(groupOf)).toEqual(['firms', 'partners', 'people', 'blocked']);
  });

  test('while an answer is on its way, the list holds what fits of what it had, and stays so when it comes', () => {
    expect(narrowed(choicesOf(found, 'PART'), 'PART').map((one) => one.id)).toEqual(['partner', 'new']);
    expect(narrowed(choicesOf(found, ''), '')).toEqual(choicesOf(found, ''));
  });

  test('a typed name can become a new address, one letter can not', () => {
    expect(choicesOf(found, 'dispo@neu.example').at(-1)).toMatchObject({ kind: 'new', name: 'dispo@neu.example' });
    expect(choicesOf(found, 'd').some((one) => one.kind === 'new')).toBe(false);
  });
});

describe('what is sent', () => {
  const mail = choicesOf(found, '').find((one) => one.id === 'mail') as Choice;

  test('nothing until somebody is chosen, nothing for half an address', () => {
    expect(inputOf(fields({}), toIso)).toBeNull();
    const fresh = fields({ choice: { kind: 'new', id: 'new', name: 'Neu' } });
    expect(inputOf(fresh, toIso)).toBeNull();
    expect(inputOf({ ...fresh, newFirm: { ...fresh.newFirm, company: 'Neu', contactName: 'Jo Ost', email: 'jo@neu.example' } }, toIso)).toEqual({
      newFirm: { company: 'Neu', contactName: 'Jo Ost', email: 'jo@neu.example', locale: 'de-DE' },
    });
  });

  test('only what was filled in; the deadline as a moment', () => {
    expect(inputOf(fields({ choice: mail }), toIso)).toEqual({ firmId: 'mail' });
    expect(inputOf(fields({ choice: mail, message: ' Bitte anrufen ', answerBy: '2026-11-30T10:55', nextFirms: [{ id: 'f2', company: 'Zwei' }], sharedIds: ['x'] }), toIso)).toEqual({
      firmId: 'mail', message: 'Bitte anrufen', answerBy: '2026-11-30T10:55:00.000Z', nextFirmIds: ['f2'], sharedAttachmentIds: ['x'],
    });
  });

  test('untouched files stay as they are; a choice is sent whole, also that of none', () => {
    const files = [{ id: 'a', name: 'Foto Keller.jpg', visibility: 'shared' }, { id: 'b', name: 'Angebot.pdf', visibility: 'internal' }] as const;
    expect(sharedAmong(files, null)).toEqual(['a']);
    expect(sharedAmong(files, [])).toEqual([]);
    expect(inputOf(fields({ choice: mail, sharedIds: null }), toIso)).not.toHaveProperty('sharedAttachmentIds');
    expect(inputOf(fields({ choice: mail, sharedIds: [] }), toIso)).toMatchObject({ sharedAttachmentIds: [] });
    expect(filesNamed(files, ' keller foto').map((one) => one.id)).toEqual(['a']);
    expect(filesNamed(files, '')).toHaveLength(2);
  });

  test('an own person gets a message, but no deadline, no firms after, no shared files', () => {
    const own = choicesOf(found, '').find((one) => one.kind === 'member') as Choice;
    expect(inputOf(fields({ choice: own, answerBy: '2026-11-30T10:55', nextFirms: [{ id: 'f2', company: 'Zwei' }], sharedIds: ['x'], message: 'Heute noch' }), toIso)).toEqual({ memberUserId: 'm1', message: 'Heute noch' });
  });

  test('a workspace is shared on the way with a partner only, and whom it mails is its own rule', () => {
    const partner = choicesOf(found, '').find((one) => one.id === 'partner') as Choice;
    expect(inputOf(fields({ choice: partner, contactId: 'c1', sharesWorkspace: true }), toIso)).toEqual({ firmId: 'partner', sharesWorkspace: true });
    expect(inputOf(fields({ choice: mail, sharesWorkspace: true }), toIso)).toEqual({ firmId: 'mail' });
  });
});
