import { expect, test } from '@jest/globals';
import { parseSettings } from '#domain/settings.ts';

const NEEDED = {
  DATABASE_URL: 'postgres://owner:x@localhost:5432/gewerk',
  POSTMARK_SERVER_TOKEN: 'token',
  WEBHOOK_INBOUND_PASSWORD: 'inbound-password',
  WEBHOOK_EVENTS_PASSWORD: 'events-password',
};
const faultsOf = (env: Record<string, string | undefined>): string => {
  try {
    parseSettings(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('what is needed is enough; the rest has sensible values', () => {
  expect(parseSettings(NEEDED)).toMatchObject({
    API_HOST: '127.0.0.1', API_PORT: 4000, UPLOAD_LIMIT_MB: 250, TEMPORAL_NAMESPACE: 'default', POSTMARK_API_URL: 'https://api.postmarkapp.com',
    mailFrom: 'auftrag@reply.gewerk.localhost', TRUST_PROXY: [],
  });
});

test('without a secret for the webhooks the process does not start: anybody could post mails', () => {
  expect(faultsOf({ ...NEEDED, WEBHOOK_INBOUND_PASSWORD: undefined })).toContain('WEBHOOK_INBOUND_PASSWORD is missing');
  expect(faultsOf({ ...NEEDED, WEBHOOK_EVENTS_PASSWORD: 'short' })).toContain('WEBHOOK_EVENTS_PASSWORD must have at least 12 characters');
});

test('all faults are told at once, each by the name of its variable', () => {
  const faults = faultsOf({ DATABASE_URL: 'nowhere', API_PORT: '70000', TEMPORAL_TLS: 'yes', INBOUND_DOMAIN: 'Not A Domain' });
  for (const name of ['DATABASE_URL', 'POSTMARK_SERVER_TOKEN', 'WEBHOOK_INBOUND_PASSWORD', 'WEBHOOK_EVENTS_PASSWORD', 'API_PORT', 'TEMPORAL_TLS', 'INBOUND_DOMAIN']) {
    expect(faults).toMatch(new RegExp(`^\\s+${name} `, 'm'));
  }
});

test('an empty variable counts as not set, as container tools pass them on', () => {
  expect(parseSettings({ ...NEEDED, API_PORT: '', S3_BUCKET: '' })).toMatchObject({ API_PORT: 4000 });
  expect(parseSettings({ ...NEEDED, S3_BUCKET: '' }).S3_BUCKET).toBeUndefined();
});

test('the sender\'s address can be chosen, else it is one of the inbound domain', () => {
  expect(parseSettings({ ...NEEDED, INBOUND_DOMAIN: 'in.firma.example' }).mailFrom).toBe('auftrag@in.firma.example');
  expect(parseSettings({ ...NEEDED, MAIL_FROM: 'dispo@firma.example' }).mailFrom).toBe('dispo@firma.example');
});

test('proxies that are trusted are named one by one', () => {
  expect(parseSettings({ ...NEEDED, TRUST_PROXY: '10.0.0.1, 10.0.0.2,' }).TRUST_PROXY).toEqual(['10.0.0.1', '10.0.0.2']);
});
