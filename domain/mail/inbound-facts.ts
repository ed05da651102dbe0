export interface Header {
  name: string;
  value: string;
}

export interface AttachmentFacts {
  name: string;
  contentType: string;
}

/** What the rules on inbound mail look at; the webhook's JSON is narrowed to it. */
export interface InboundFacts {
  headers: Header[];
  /** Bare address of From. */
  from: string;
  subject: string;
  textBody: string;
  htmlBody: string;
  attachments: AttachmentFacts[];
}

/** All values of a header, in the order of the mail; folds undone. */
export function headerValues(headers: Header[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter((header) => header.name.toLowerCase() === wanted).map((header) => header.value.slice(0, 20_000).replace(/\s+/g, ' ').trim());
}

/** The first value of a header, or "" where it is missing. */
export function headerValue(headers: Header[], name: string): string {
  return headerValues(headers, name)[0] ?? '';
}

/** The domain of an address in lower case, or "" where there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : address.slice(at + 1).trim().replace(/[>\s.]+$/, '').toLowerCase();
}
