import type { Address } from './records.ts';

// The two patterns are the ones Postmark publishes in its article on error 300.
const MAILBOX = /^[a-z0-9.!#$%&'`*+\-/=^_{}|~]+$/i;
const DOMAIN = /^(\.?[a-zA-Z0-9-])+$/;
/** In an unquoted name these must not stand: Postmark answers 300. */
const SPECIALS = /[()<>[\]:;@\\,."]/;

/** Whether Postmark would take this address. */
export function isValidAddress(email: string): boolean {
  const at = email.lastIndexOf('@');
  if (at < 1) return false;
  const mailbox = email.slice(0, at);
  const domain = email.slice(at + 1);
  if (/^\.|\.$|\.\./.test(mailbox) || /^\.|\.$|\.\./.test(domain)) return false;
  return MAILBOX.test(mailbox) && domain !== '' && DOMAIN.test(domain);
}

/** Splits a header line of addresses; null when one of them is not one Postmark would take. */
export function parseAddresses(line: string): Address[] | null {
  const parts = splitOutside(line).map((part) => part.trim()).filter(Boolean);
  const addresses: Address[] = [];
  for (const part of parts) {
    const address = parseAddress(part);
    if (address === null) return null;
    addresses.push(address);
  }
  return addresses;
}

function parseAddress(part: string): Address | null {
  const named = /^(.*?)\s*<([^<>]*)>$/s.exec(part);
  if (!named) return isValidAddress(part) ? { email: part, name: '' } : null;
  const [, rawName = '', email = ''] = named;
  if (!isValidAddress(email.trim())) return null;
  const name = unquote(rawName.trim());
  return name === null ? null : { email: email.trim(), name };
}

function unquote(name: string): string | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(name);
  if (quoted) return (quoted[1] ?? '').replace(/\\(.)/gs, '$1');
  return SPECIALS.test(name) || /[\r\n]/.test(name) ? null : name;
}

function splitOutside(line: string): string[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const char = line.charAt(i);
    if (isQuoted && char === '\\') {
      part += char + line.charAt(i + 1);
      i += 1;
      continue;
    }
    if (char === '"') isQuoted = !isQuoted;
    if (char === ',' && !isQuoted) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}

/** An address as it stands in a header; the name is quoted whenever it holds more than letters and spaces. */
export function formatAddress({ email, name }: Address): string {
  if (!name) return email;
  return `"${name.replace(/["\\]/g, '\\$&')}" <${email}>`;
}

export function formatAddresses(addresses: readonly Address[]): string {
  return addresses.map(formatAddress).join(', ');
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

/** The text after "+" in the local part, or empty. */
export function mailboxHashOf(email: string): string {
  const local = email.slice(0, email.lastIndexOf('@'));
  const plus = local.indexOf('+');
  return plus < 0 ? '' : local.slice(plus + 1);
}
