/** An answer Postmark gives instead of doing what was asked: HTTP status, ErrorCode and a sentence. */
export class PostmarkRefusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(code: number, message: string, status = 422) {
    super(message);
    this.code = code;
    this.status = status;
  }

  toJson(): { ErrorCode: number; Message: string } {
    return { ErrorCode: this.code, Message: this.message };
  }
}

/** Body too big: Postmark answers 413 before its own error codes begin. */
export class TooLarge extends Error {}

export const invalidRequest = (message: string): PostmarkRefusal => new PostmarkRefusal(300, message);
export const invalidField = (field: string): PostmarkRefusal =>
  new PostmarkRefusal(403, `Invalid request field(s): ${field}`);
export const badToken = (message: string): PostmarkRefusal => new PostmarkRefusal(10, message, 401);

export function inactiveRecipients(addresses: readonly string[]): PostmarkRefusal {
  return new PostmarkRefusal(
    406,
    'You tried to send to recipient(s) that have been marked as inactive. ' +
      `Found inactive addresses: ${addresses.join(', ')}. Inactive recipients are ones that have generated ` +
      'a hard bounce, a spam complaint, or a manual suppression.',
  );
}
