import { describe, expect, test } from '@jest/globals';
import { PARTNER_PERMISSIONS, PERMISSIONS } from '#domain/permissions.ts';
import { permissionOfPage } from '../../admin/layout/page-permissions.ts';

describe('a page that somebody may not open does not exist for them', () => {
  test.each([
    ['/firms', 'firm.read'],
    ['/firms/', 'firm.read'],
    ['/firms/01a2/show', 'firm.read'],
    ['/firms/01a2', 'firm.manage'],
    ['/firms/create', 'firm.manage'],
    ['/partnerships', 'partner.read'],
    ['/partnerships/01a2/show', 'partner.read'],
    ['/workspaces/create', 'workspace.manage'],
    ['/assets/01a2', 'asset.manage'],
    ['/to-review', 'to_review.read'],
    ['/to-review/01a2/show', 'to_review.read'],
    ['/mails', 'mail_log.read'],
    ['/settings/escalation', 'settings.read'],
    ['/work-orders/create', 'work_order.create'],
  ])('%s needs %s', (path, action) => {
    expect(permissionOfPage(path)).toBe(action);
    expect(PERMISSIONS).toHaveProperty([action]);
  });

  test('how a partner works with a client is for the partner alone', () => {
    expect(permissionOfPage('/partnership')).toBe('own_partnership.read');
    expect(PARTNER_PERMISSIONS).toHaveProperty(['own_partnership.read']);
    expect(PERMISSIONS).not.toHaveProperty(['own_partnership.read']);
  });

  test.each(['/', '/work-orders', '/work-orders/01a2/show', '/profile', '/mails/01a2/show'])('%s is for everybody, or decides by record', (path) => {
    expect(permissionOfPage(path)).toBeNull();
  });
});
