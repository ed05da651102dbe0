import { z } from 'zod';
import { COMMENT_VISIBILITIES } from '#domain/statuses.ts';
import { AttachmentRecord } from '../work-orders/schema.ts';

/** The text fields beside the files of an upload. */
export const UploadFields = z.strictObject({
  visibility: z.enum(COMMENT_VISIBILITIES).default('shared'),
  isForMessage: z.enum(['true', 'false']).default('false').transform((value) => value === 'true')
    .meta({ description: 'true: a message follows that takes the files along and decides who sees them; until then they stay inside.' }),
});

export const UploadAnswer = z
  .object({
    saved: z.array(AttachmentRecord),
    /** `detail` is the reason in the user's language. */
    refused: z.array(z.object({ name: z.string(), code: z.string(), limit: z.int().nullable(), detail: z.string() })),
  })
  .meta({ id: 'UploadAnswer' });
export type UploadAnswer = z.infer<typeof UploadAnswer>;
