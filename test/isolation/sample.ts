import { z } from 'zod';
import type { Route } from '#api/route.ts';

type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
};

/** Values for fields whose form a schema can't tell. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  email: 'somebody@example.test', reason: 'no_longer_needed', reminderTime: '07:00', contactName: 'Somebody', answerBy: '2026-12-24T11:00:00.000Z',
  promisedFrom: '2026-12-24T11:00:00.000Z', waitingUntil: '2026-12-24', dueOn: '2026-12-24', clientKey: 'key-0123456789abcdef', from: '08:00', to: '12:00',
};

/** The properties of a route's body as JSON schema; empty without one. */
export function bodySchema(route: Route): { schema: JsonSchema; defs: Readonly<Record<string, JsonSchema>> } {
  if (!route.spec.body) return { schema: {}, defs: {} };
  const schema = z.toJSONSchema(route.spec.body, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return { schema, defs: schema.$defs ?? {} };
}

/** A body that the route's schema takes, as small as can be; `ids` fills the fields that name things. */
export function sampleBody(route: Route, ids: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (!route.spec.body) return {};
  const { schema, defs } = bodySchema(route);
  return (make(schema, defs, ids, '') ?? {}) as Record<string, unknown>;
}

function make(schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>, ids: Readonly<Record<string, unknown>>, name: string): unknown {
  if (schema.$ref) return make(defs[schema.$ref.split('/').at(-1) ?? ''] ?? {}, defs, ids, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return make(schema.anyOf[0] ?? {}, defs, ids, name);
  if (name in ids) return schema.type === 'array' ? [ids[name]] : ids[name];
  if (schema.type === 'object') {
    const entries = (schema.required ?? []).map((key) => [key, make(schema.properties?.[key] ?? {}, defs, ids, key)]);
    return Object.fromEntries(entries);
  }
  if (schema.type === 'array') return schema.minItems ? [make(schema.items ?? {}, defs, ids, name)] : [];
  return primitive(schema, name);
}

function primitive(schema: JsonSchema, name: string): unknown {
  if (name in BY_NAME) return BY_NAME[name];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.format === 'uuid') return '0193a000-0000-7000-8000-000000000000';
  if (schema.format === 'date-time') return '2026-12-24T11:00:00.000Z';
  if (schema.format === 'date') return '2026-12-24';
  return 'Something';
}
