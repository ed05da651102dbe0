import { beforeEach, expect, test } from '@jest/globals';
import { hasSignedOut, keepSession, lapseSession, signOut } from '../../admin/providers/session.ts';
import type { Session } from '../../admin/providers/types.ts';

beforeEach(() => {
  keepSession({ accounts: [] } as unknown as Session);
});

test('whoever is signed out by the server goes on where they were; whoever leaves on purpose does not', async () => {
  // React-admin signs out by itself once the server no longer knows who asks.
  lapseSession();
  await signOut();
  expect(hasSignedOut()).toBe(false);
});

test('leaving on purpose is remembered, whatever the server says afterwards', async () => {
  await signOut();
  lapseSession();
  expect(hasSignedOut()).toBe(true);
});
