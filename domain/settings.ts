import { z } from 'zod';

const url = (example: string) => z.url({ error: `must be an address such as ${example}` });
const flag = z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');
const port = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535);
const list = z.string().transform((value) => value.split(',').map((part) => part.trim()).filter(Boolean));
const secret = (name: string) =>
  z.string({ error: `is missing: without it anybody could post mails; set ${name}` }).min(12, 'must have at least 12 characters');

/** Every environment variable of the API and worker processes; README lists the same names. */
const SettingsSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  DATABASE_URL: url('postgres://user:password@host:5432/gewerk'),
  DATABASE_APP_URL: url('postgres://gewerk_app:password@host:5432/gewerk').optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_UI_URL: url('http://localhost:8233').default('http://localhost:8233'),
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_API_KEY: z.string().optional(),
  POSTMARK_SERVER_TOKEN: z.string({ error: 'is missing: set the token of your Postmark server' }).min(1),
  POSTMARK_API_URL: url('https://api.postmarkapp.com').default('https://api.postmarkapp.com'),
  INBOUND_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/, 'must be a lower-case domain name').default('reply.gewerk.localhost'),
  MAIL_FROM: z.email({ error: 'must be an e-mail address' }).optional(),
  WEBHOOK_INBOUND_USER: z.string().default('postmark'),
  WEBHOOK_INBOUND_PASSWORD: secret('WEBHOOK_INBOUND_PASSWORD'),
  WEBHOOK_EVENTS_USER: z.string().default('postmark'),
  WEBHOOK_EVENTS_PASSWORD: secret('WEBHOOK_EVENTS_PASSWORD'),
  PUBLIC_URL: url('https://gewerk.example').default('http://localhost:4000'),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: port.default(4000),
  TRUST_PROXY: list.default([]),
  FILES_DIR: z.string().default('.gewerk/files'),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('eu-central-1'),
  S3_ENDPOINT: url('https://s3.example').optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).max(5000).default(250),
  MAIL_RATE_PER_SECOND: z.coerce.number().min(0.1).max(500).default(10),
  DIGEST_QUIET_SECONDS: z.coerce.number().min(0).max(3600).default(120),
  DIGEST_LONGEST_SECONDS: z.coerce.number().min(0).max(86_400).default(900),
  WORKFLOW_BUNDLE: z.string().optional(),
  PORTAL_DIR: z.string().default('admin/dist'),
});

export type Settings = z.infer<typeof SettingsSchema> & { readonly mailFrom: string };

/**
 * Checks all settings at once; throws an Error whose message has one line per fault, each naming the variable.
 * Empty strings count as not set, as container tools pass them on.
 */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = SettingsSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Error(`Settings need mending:\n  ${lines.join('\n  ')}`);
  }
  return { ...parsed.data, mailFrom: parsed.data.MAIL_FROM ?? `auftrag@${parsed.data.INBOUND_DOMAIN}` };
}
