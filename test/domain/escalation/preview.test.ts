import { describe, expect, test } from '@jest/globals';
import { decideFlood } from '#domain/escalation/flood.ts';
import { previewPolicy, type PolicyPreview } from '#domain/escalation/preview.ts';
import { DEFAULT_POLICY } from '#domain/escalation/policy.ts';
import { BAVARIA, ENGLAND, SAXONY } from '../calendar/sites.ts';
import { at, clock, policyWith } from './silent-firm.ts';

function lines(preview: PolicyPreview, calendar = SAXONY): string[] {
  return preview.entries.map((entry) =>
    entry.kind === 'step' ? `${clock(entry.at, calendar)} ${entry.action}` : `${entry.date} ${entry.name ?? entry.reason}`,
  );
}

describe('a preview shows the dates of each step and names the days that do not count', () => {
  test('over Christmas in Saxony', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'normal', at('2026-12-22 12:00'), SAXONY);
    expect(lines(preview)).toEqual([
      '2026-12-22 12:00 delivered',
      '2026-12-24 07:00 remind',
      '2026-12-25 1. Weihnachtstag',
      '2026-12-26 2. Weihnachtstag',
      '2026-12-27 weekend',
      '2026-12-28 07:00 last_reminder',
      '2026-12-28 12:00 tell_responsible',
    ]);
    expect(preview.answerBy).toEqual(at('2026-12-28 12:00'));
    expect(preview.openDays).toBe(6);
    expect(preview.off).toEqual([{ action: 'offer_next', reason: 'switched_off' }, { action: 'withdraw', reason: 'switched_off' }]);
  });

  test('a reminder that waits for the morning says when its delay was over', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'normal', at('2026-12-22 12:00'), SAXONY);
    expect(preview.entries[1]).toMatchObject({ action: 'remind', number: 1, ripeAt: at('2026-12-23 12:00') });
    expect(preview.entries.at(-1)).toMatchObject({ action: 'tell_responsible', ripeAt: null });
  });

  test('what the assign dialog promises', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'normal', at('2026-11-25 10:55'), BAVARIA);
    expect(lines(preview)).toEqual([
      '2026-11-25 10:55 delivered',
      '2026-11-27 07:00 remind',
      '2026-11-28 weekend',
      '2026-11-29 weekend',
      '2026-11-30 07:00 last_reminder',
      '2026-11-30 10:55 tell_responsible',
    ]);
  });

  test('holidays in the reader’s language', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'high', at('2026-08-28 12:30', ENGLAND), ENGLAND, { language: 'en' });
    expect(lines(preview, ENGLAND)).toContain('2026-08-31 Summer bank holiday');
  });

  test('an emergency knows no days off', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'urgent', at('2026-12-25 03:00'), BAVARIA);
    expect(lines(preview)).toEqual(['2026-12-25 03:00 delivered', '2026-12-25 03:00 tell_responsible', '2026-12-25 03:15 remind', '2026-12-25 03:30 tell_admins']);
  });

  test('a warranty order is neither given on nor withdrawn', () => {
    const policy = policyWith('offer_next', 'withdraw');
    expect(lines(previewPolicy(policy, 'normal', at('2026-11-23 12:00'), BAVARIA)).at(-1)).toBe('2026-11-27 12:00 offer_next');
    const warranty = previewPolicy(policy, 'normal', at('2026-11-23 12:00'), BAVARIA, { isWarranty: true });
    expect(lines(warranty).at(-1)).toBe('2026-11-26 12:00 tell_responsible');
    expect(warranty.off.map((step) => step.reason)).toEqual(['warranty', 'warranty']);
  });

  test('with nobody to ask next the request is withdrawn, and the preview says why', () => {
    const preview = previewPolicy(policyWith('offer_next', 'withdraw'), 'normal', at('2026-11-23 12:00'), BAVARIA, { nextFirmsLeft: 0 });
    expect(lines(preview).at(-1)).toBe('2026-11-30 12:00 withdraw');
    expect(preview.off).toEqual([{ action: 'offer_next', reason: 'no_next_firm' }]);
  });

  test('a date chosen in the dialog moves the steps with it', () => {
    const preview = previewPolicy(DEFAULT_POLICY, 'normal', at('2026-11-25 10:55'), BAVARIA, { statedAnswerBy: at('2026-12-04 12:00') });
    expect(preview.answerBy).toEqual(at('2026-12-04 12:00'));
    expect(lines(preview)).toContain('2026-12-04 07:00 last_reminder');
  });
});

describe('an unusual flood of reminders is held', () => {
  const quiet = { sameHourBefore: [0, 2, 1], releasedUntil: null };
  const now = at('2026-11-25 07:00');

  test.each([
    ['24 after quiet days', { ...quiet, sentLastHour: 24 }, 'send'],
    ['25 after quiet days', { ...quiet, sentLastHour: 25 }, 'hold'],
    ['nothing known yet', { sameHourBefore: [], releasedUntil: null, sentLastHour: 25 }, 'hold'],
    ['119 where 40 is usual', { sameHourBefore: [12, 40], releasedUntil: null, sentLastHour: 119 }, 'send'],
    ['120 where 40 is usual', { sameHourBefore: [12, 40], releasedUntil: null, sentLastHour: 120 }, 'hold'],
    ['released by an operator', { ...quiet, sentLastHour: 500, releasedUntil: at('2026-11-25 07:01') }, 'send'],
    ['released until now', { ...quiet, sentLastHour: 500, releasedUntil: now }, 'hold'],
  ])('%s', (_name, counts, decision) => {
    expect(decideFlood(counts, now).decision).toBe(decision);
  });
});
