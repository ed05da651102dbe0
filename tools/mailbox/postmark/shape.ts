import { z } from 'zod';
import { invalidField } from './errors.ts';

// Types of the fields of POST /email. A wrong type is error 403; what the values may be is judged in draft.ts.
const text = z.string().nullish();

const emailShape = z.object({
  From: text,
  To: text,
  Cc: text,
  Bcc: text,
  Subject: text,
  Tag: text,
  HtmlBody: text,
  TextBody: text,
  ReplyTo: text,
  MessageStream: text,
  TrackOpens: z.boolean().nullish(),
  TrackLinks: z.enum(['None', 'HtmlAndText', 'HtmlOnly', 'TextOnly']).nullish(),
  Metadata: z.record(z.string(), z.string()).nullish(),
  Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).nullish(),
  Attachments: z
    .array(z.object({ Name: text, Content: text, ContentType: text, ContentID: text }))
    .nullish(),
});

export type EmailBody = z.infer<typeof emailShape>;

/**
 * Reads the JSON of one mail.
 * @throws PostmarkRefusal 403 naming the first field of a wrong type.
 */
export function readEmailBody(body: unknown): EmailBody {
  const result = emailShape.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidField(issue === undefined || issue.path.length === 0 ? 'the message is not a JSON object' : issue.path.join('.'));
}
