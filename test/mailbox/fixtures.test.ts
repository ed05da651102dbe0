import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

// The stored JSON other tests feed to the webhooks: each file must have Postmark's fields, no more and no fewer.
const FOLDER = new URL('../fixtures/postmark/', import.meta.url);

const INBOUND = ['Attachments', 'Bcc', 'BccFull', 'Cc', 'CcFull', 'Date', 'From', 'FromFull', 'FromName', 'Headers', 'HtmlBody', 'MailboxHash', 'MessageID', 'MessageStream',
  'OriginalRecipient', 'ReplyTo', 'StrippedTextReply', 'Subject', 'Tag', 'TextBody', 'To', 'ToFull'];
const DELIVERY = ['DeliveredAt', 'Details', 'MessageID', 'MessageStream', 'Metadata', 'Recipient', 'RecordType', 'ServerID', 'Tag'];
const BOUNCE = ['BouncedAt', 'CanActivate', 'Description', 'Details', 'DumpAvailable', 'Email', 'From', 'ID', 'Inactive', 'MessageID', 'MessageStream', 'Metadata', 'Name',
  'RecordType', 'ServerID', 'Subject', 'Tag', 'Type', 'TypeCode'];

const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Record<string, unknown>;
const keys = (body: object): string[] => Object.keys(body).toSorted((a, b) => a.localeCompare(b));

test.each(names.filter((name) => name.startsWith('inbound-')))('%s has the fields of an inbound mail', (name) => {
  const body = read(name);
  expect(keys(body)).toEqual(INBOUND.toSorted((a, b) => a.localeCompare(b)));
  expect((body['Headers'] as { Name: string }[]).map(({ Name }) => Name)).toEqual(expect.arrayContaining(['Return-Path', 'Message-ID', 'Received-SPF', 'X-Spam-Status']));
});

test.each(names.filter((name) => name.startsWith('event-')))('%s has the fields of its event', (name) => {
  const body = read(name);
  const fields = body['RecordType'] === 'Delivery' ? DELIVERY : BOUNCE;
  expect(keys(body)).toEqual(fields.toSorted((a, b) => a.localeCompare(b)));
});
