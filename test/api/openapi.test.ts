import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { z } from 'zod';
import { assemble } from '#api/app.ts';
import { ROUTES } from '#api/routes.ts';
import { call, startApi, type TestApi } from '../support/api.ts';
import { compileSchemas, type ApiDocument, type ApiOperation } from '../support/api-document.ts';

let api: TestApi;
let document: ApiDocument;
let operations: { readonly name: string; readonly path: string; readonly method: string; readonly operation: ApiOperation }[];

beforeAll(async () => {
  api = await startApi();
  document = (await call(api, 'GET', '/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })));
});
afterAll(() => api.stop());

const sorted = (names: readonly string[]): string[] => names.toSorted((a, b) => a.localeCompare(b));
type Layer = { readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> } };

/** What the running router answers below `/api/v1`, read from the router itself. */
function routed(app: Express): string[] {
  const layers = app.router.stack as unknown as Layer[];
  return layers.flatMap(({ route }) =>
    route?.path.startsWith('/api/v1/') ? Object.keys(route.methods).map((method) => `${method} ${route.path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')}`) : []);
}

/** OpenAPI 3.1 as far as we use it: a word that the standard does not have is a fault. */
const Schema = z.union([z.boolean(), z.looseObject({})]);
const Content = z.record(z.string(), z.strictObject({ schema: Schema, encoding: z.record(z.string(), z.strictObject({ contentType: z.string() })).optional(), 'x-events': z.record(z.string(), Schema).optional() }));
const Operation = z.strictObject({
  operationId: z.string().min(1), summary: z.string().min(1), description: z.string().min(1), tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.strictObject({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean().optional(), description: z.string().optional(), schema: Schema })).optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(z.string().regex(/^(?:[2345]\d\d|default)$/), z.strictObject({ description: z.string().min(1), content: Content.optional() })),
});
const Standard = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })).length(1),
  paths: z.record(z.string().startsWith('/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), Operation)),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    securitySchemes: z.record(z.string(), z.strictObject({ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string() })),
    parameters: z.strictObject({}).optional(),
  }),
  webhooks: z.strictObject({}).optional(),
});

describe('the API document', () => {
  test('has no word that OpenAPI 3.1 does not have', () => {
    expect(Standard.safeParse(document).error).toBeUndefined();
  });

  test('has only schemas that are valid JSON Schema, and no reference into nothing', () => {
    expect(compileSchemas(document)).toBeGreaterThan(150);
  });

  test('has every route of the running router, and no other', () => {
    const running = routed(assemble(api.deps, ROUTES)).filter((one) => one !== 'get /openapi.json');
    expect(running.length).toBeGreaterThan(80);
    expect(sorted(operations.map((one) => one.name))).toEqual(sorted(running));
  });

  test('names each operation once, and each parameter of its path', () => {
    expect(new Set(operations.map((one) => one.operation.operationId)).size).toBe(operations.length);
    for (const { name, path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
      expect([name, sorted(inPath)]).toEqual([name, sorted([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))]);
    }
  });

  test('says of every operation one success, and refusals as problems', () => {
    for (const { name, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect([name, statuses.filter((one) => one.startsWith('2')).length]).toEqual([name, 1]);
      for (const status of statuses.filter((one) => !one.startsWith('2'))) expect([name, Object.keys(operation.responses[status]!.content ?? {})]).toEqual([name, ['application/problem+json']]);
    }
  });

  test('asks a session of everything but what is open to everybody', () => {
    expect(sorted(operations.filter((one) => one.operation.security.length === 0).map((one) => one.name))).toEqual([
      'delete /session', 'get /account-tokens/{token}', 'get /config', 'get /session', 'post /account-tokens/{token}', 'post /password-resets', 'post /session',
    ]);
  });

  test('describes the body of each route that reads one: JSON, or a form with files', () => {
    for (const { spec, ...route } of ROUTES) {
      const operation = document.paths[spec.path.replaceAll(/:(\w+)/g, '{$1}')]![spec.method]!;
      const types = Object.keys(operation.requestBody?.content ?? {});
      const expected = route.kind === 'stream' && spec.method !== 'get' ? ['multipart/form-data'] : spec.body ? ['application/json'] : [];
      expect([spec.method, spec.path, types]).toEqual([spec.method, spec.path, expected]);
    }
    const form = document.paths['/accounts/{accountId}/work-orders/{id}/attachments']!['post']!.requestBody!.content['multipart/form-data']!.schema as { properties: Record<string, object>; required: string[] };
    expect(form).toMatchObject({ required: ['files'], properties: { files: { type: 'array', minItems: 1, items: { type: 'string', format: 'binary' } }, isForMessage: { enum: ['true', 'false'] } } });
  });

  test('describes what streams carry: bytes of a type, or the data of each event', () => {
    const of = (path: string) => document.paths[`/accounts/{accountId}${path}`]!['get']!.responses['200']!.content;
    expect(of('/attachments/{id}/preview')).toEqual({ 'image/jpeg': { schema: { type: 'string', format: 'binary', contentMediaType: 'image/jpeg' } } });
    expect(of('/attachments/{id}/content')).toEqual({ '*/*': { schema: { type: 'string', format: 'binary' } } });
    const events = of('/events')!['text/event-stream'] as unknown as { 'x-events': Record<string, { required?: string[] }> };
    expect(Object.keys(events['x-events'])).toEqual(['changed', 'crowded']);
    expect(events['x-events']['changed']!.required).toEqual(['topic', 'workOrderId', 'name']);
  });
});
