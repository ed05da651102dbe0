import { beforeEach, expect, test } from '@jest/globals';
import { hasSignedOut, noteArrival, noteLapse, noteSignOut } from '../../admin/providers/leaving.ts';

beforeEach(noteArrival);

test('whoever is signed out by the server goes on where they were', () => {
  // React-admin signs out by itself once the server no longer knows who asks.
  noteLapse();
  noteSignOut();
  expect(hasSignedOut()).toBe(false);
});

test('leaving on purpose is remembered, whatever the server says afterwards, until somebody signs in', () => {
  noteSignOut();
  noteLapse();
  expect(hasSignedOut()).toBe(true);
  noteArrival();
  expect(hasSignedOut()).toBe(false);
});
