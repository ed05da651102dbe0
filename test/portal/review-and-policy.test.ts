import { describe, expect, test } from '@jest/globals';
import { checkPolicy, DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { PRIORITIES } from '#domain/statuses.ts';
import { fieldsOfFirm, recordOfFirm } from '../../admin/firms/firm-fields.ts';
import type { Firm } from '../../admin/providers/types.ts';
import { endingStep, newStep, setEnding, setSteps, stepsBeforeEnd } from '../../admin/settings/policy-edit.ts';
import { markCut } from '../../admin/to-review/cut-lines.ts';

describe('cut lines of a mail are struck, never hidden', () => {
  const original = 'Moin Frau Merkwitz,\r\n\r\nmachen wir.\r\n\r\nViele Grüße\r\nBernd Kesselring\r\n\r\n> Guten Tag';

  test('each line of the original is there; what is not in the message is marked', () => {
    const lines = markCut(original, 'Moin Frau Merkwitz,\n\nmachen wir.');
    expect(lines.map((line) => line.text).join('\n')).toBe(original.replaceAll('\r\n', '\n'));
    expect(lines.filter((line) => line.isCut && line.text).map((line) => line.text)).toEqual(['Viele Grüße', 'Bernd Kesselring', '> Guten Tag']);
  });

  test('a message that is the whole mail has nothing struck', () => {
    expect(markCut(original, original).some((line) => line.isCut)).toBe(false);
  });
});

describe('editing the escalation policy', () => {
  test('the sentences are the steps without the two endings', () => {
    for (const priority of PRIORITIES) {
      expect(stepsBeforeEnd(DEFAULT_POLICY, priority).some((step) => ['offer_next', 'withdraw'].includes(step.action))).toBe(false);
    }
  });

  test('changing a sentence leaves the endings alone, and the default policy stays a valid one', () => {
    const changed = setSteps(DEFAULT_POLICY, 'normal', stepsBeforeEnd(DEFAULT_POLICY, 'normal'));
    expect(changed).toEqual(DEFAULT_POLICY);
    expect(checkPolicy(changed)).toEqual([]);
  });

  test('switching an ending on keeps its place: offered before withdrawn', () => {
    const on = setEnding(setEnding(DEFAULT_POLICY, 'normal', 'withdraw', true), 'normal', 'offer_next', true);
    expect(on.perPriority.normal.map((step) => step.action).slice(-2)).toEqual(['offer_next', 'withdraw']);
    expect(endingStep(on, 'normal', 'offer_next')?.isEnabled).toBe(true);
    expect(checkPolicy(on)).toEqual([]);
  });

  test('a new step comes after the last one, in its unit', () => {
    const steps = stepsBeforeEnd(DEFAULT_POLICY, 'high');
    expect(newStep(steps, 'high')).toMatchObject({ action: 'tell_admins', after: { amount: 9, unit: 'business_hours' } });
    expect(newStep([], 'urgent').after.unit).toBe('minutes');
  });
});

describe('the form of a firm', () => {
  const firm = {
    company: 'Elektro Blitzner GmbH', trades: ['Elektro'], phone: null, locale: null, notes: null, standing: 'normal', blockedReason: null, needsNoAcceptance: false,
    contacts: [{ id: 'c1', name: 'Heike Lohbach', email: 'h.lohbach@blitzner.example', phone: null, roles: ['dispatch'] }],
  } as unknown as Firm;

  test('what was loaded is what is sent', () => {
    expect(recordOfFirm(fieldsOfFirm(firm))).toMatchObject({ company: 'Elektro Blitzner GmbH', contacts: [{ id: 'c1', email: 'h.lohbach@blitzner.example', roles: ['dispatch'] }] });
  });

  test('without a contact who can be mailed, or blocked without a reason, it is not sent', () => {
    expect(recordOfFirm({ ...fieldsOfFirm(firm), contacts: [] })).toBeNull();
    expect(recordOfFirm({ ...fieldsOfFirm(firm), standing: 'blocked' })).toBeNull();
  });
});
