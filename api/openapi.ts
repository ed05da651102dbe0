import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { cookieName } from './middleware/cookies.ts';
import { Problem } from './middleware/problem.ts';
import { Id } from './schema.ts';
import { isAction, type Access, type Route } from './route.ts';

const PROBLEM = { 'application/problem+json': { schema: Problem } };

const ANSWERS: Readonly<Record<number, string>> = {
  400: 'The request could not be read.',
  401: 'Not signed in.',
  403: 'Signed in, but not allowed.',
  404: 'Not there, or not visible.',
  409: 'Does not fit the present state.',
  413: 'The body is too large.',
  422: 'An input does not fit; `errors` names the fields.',
  429: 'Too many tries; `Retry-After` says when.',
};

/** The OpenAPI 3.1 document of the very schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: cookieName(publicUrl) });
  for (const route of routes) registry.registerPath(pathOf(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gewerk',
      version: '1',
      description:
        'Unsafe methods need the header `Origin` with the address of this installation. POSTs of an account may carry an `Idempotency-Key`. Instants are UTC; days are YYYY-MM-DD at the site.',
    },
    servers: [{ url: `${publicUrl.replace(/\/$/, '')}/api/v1` }],
  });
}

type PathConfig = Parameters<OpenAPIRegistry['registerPath']>[0];

function pathOf(route: Route): PathConfig {
  const { spec, input } = route;
  return {
    method: spec.method,
    path: spec.path.replaceAll(/:(\w+)/g, '{$1}'),
    operationId: operationId(route),
    summary: spec.summary,
    description: accessSentence(spec.access),
    tags: [tagOf(spec.path)],
    security: spec.access === 'public' ? [] : [{ session: [] }],
    request: {
      params: paramsOf(route),
      ...(spec.query ? { query: input.query as z.ZodObject } : {}),
      ...(spec.method === 'post' && isAction(spec.access)
        ? { headers: z.object({ 'Idempotency-Key': z.string().max(200).optional() }) }
        : {}),
      ...bodyOf(route),
    },
    responses: responsesOf(route),
  };
}

function bodyOf(route: Route): Pick<NonNullable<PathConfig['request']>, 'body'> {
  if (route.kind === 'stream' && route.form) {
    const schema = route.form.extend({ files: z.array(bytes('application/octet-stream')).min(1).meta({ description: 'One part for each file, with its name.' }) });
    return { body: { required: true, content: { 'multipart/form-data': { schema, encoding: { files: { contentType: '*/*' } } } } } };
  }
  return route.spec.body ? { body: { required: true, content: { 'application/json': { schema: route.spec.body } } } } : {};
}

function paramsOf(route: Route): z.ZodObject {
  const named = route.input.params instanceof z.ZodObject ? route.input.params : z.object({});
  return isAction(route.spec.access) ? z.object({ accountId: Id }).extend(named.shape) : named;
}

function responsesOf(route: Route): PathConfig['responses'] {
  const { spec } = route;
  const ok = route.kind === 'stream' && !spec.response ? { [route.contentType]: streamOf(route) } : null;
  const success = spec.response
    ? { description: 'Done.', content: { 'application/json': { schema: spec.response } } }
    : { description: 'Done.', ...(ok ? { content: ok } : {}) };
  const refusals = Object.entries(ANSWERS)
    .filter(([status]) => isPossible(Number(status), spec.access, spec.method))
    .map(([status, description]) => [status, { description, content: PROBLEM }]);
  const other = { description: 'Anything else that went wrong.', content: PROBLEM };
  return { [route.status]: success, ...Object.fromEntries(refusals), default: other } as PathConfig['responses'];
}

/** A file, or server-sent events: `x-events` has the schema of each one's data, which OpenAPI 3.1 has no word for. */
function streamOf(route: Extract<Route, { kind: 'stream' }>) {
  if (!route.events) return { schema: bytes(route.contentType) };
  const schema = z.string().meta({ description: `Server-sent events: ${Object.keys(route.events).join(', ')}; their data are JSON.` });
  return { schema, 'x-events': Object.fromEntries(Object.entries(route.events).map(([name, data]) => [name, z.toJSONSchema(data)])) };
}

// A type of two stars: whatever type the file has.
function bytes(contentMediaType: string): z.ZodString {
  return z.string().meta({ format: 'binary', ...(contentMediaType === '*/*' ? {} : { contentMediaType }) });
}

function isPossible(status: number, access: Access, method: string): boolean {
  if (status === 401 || status === 403) return access !== 'public' || method !== 'get';
  return (status !== 409 && status !== 413) || method !== 'get';
}

function operationId(route: Route): string {
  const words = route.spec.path.replace('/accounts/:accountId', '/account').split(/[^A-Za-z0-9]+/).filter(Boolean);
  return [route.spec.method, ...words].map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

function tagOf(path: string): string {
  const parts = path.split('/').filter((part) => part && !part.startsWith(':'));
  return (parts[0] === 'accounts' ? (parts[1] ?? 'account') : (parts[0] ?? 'api'));
}

function accessSentence(access: Access): string {
  if (access === 'public') return 'Open to everybody.';
  if (access === 'session') return 'For whoever is signed in.';
  return access === 'operator' ? 'For operators of the installation.' : `Needs the permission \`${access}\`.`;
}
