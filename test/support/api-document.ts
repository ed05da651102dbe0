import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export type ApiDocument = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
type Content = Readonly<Record<string, { readonly schema?: object }>>;
export type ApiOperation = {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
};

export type AnswerSeen = { readonly status: number; readonly contentType: string; readonly text: string };

/** Says in what an answer differs from what the document promises for it; null where it holds. */
export type Conformance = (method: string, path: string, answer: AnswerSeen) => string | null;

/** Checks answers against the very document that is served; a schema of it that is none throws. */
export function conformanceTo(document: ApiDocument): Conformance {
  const ajv = ajvWith(document);
  const known = new Map<object, ValidateFunction>();
  return (method, path, answer) => {
    const responses = document.paths[path]?.[method]?.responses ?? {};
    const said = responses[String(answer.status)] ?? responses['default'];
    if (!said) return `${answer.status} is not described`;
    if (!said.content) return answer.text === '' ? null : `${answer.status} should have no body`;
    const type = answer.contentType.split(';')[0] ?? '';
    const schema = (said.content[type] ?? said.content['*/*'])?.schema;
    if (!schema) return `${answer.status} is ${type}, described as ${Object.keys(said.content).join(', ')}`;
    if (!type.endsWith('json')) return null;
    const validate = known.get(schema) ?? ajv.compile(standing(schema));
    known.set(schema, validate);
    return validate(JSON.parse(answer.text)) ? null : `${answer.status}: ${ajv.errorsText(validate.errors)}`;
  };
}

/** Compiles every schema of the document and says how many there are; what is no JSON Schema, or refers to nothing, throws. */
export function compileSchemas(document: ApiDocument): number {
  const ajv = ajvWith(document);
  const schemas = [...Object.values(document.components.schemas), ...Object.values(document.paths).flatMap((methods) => Object.values(methods).flatMap(schemasOf))];
  // Most answers refuse alike.
  const different = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
  for (const schema of different.values()) ajv.compile(standing(schema));
  return different.size;
}

function schemasOf(operation: ApiOperation): object[] {
  const contents = [operation.requestBody?.content, ...Object.values(operation.responses).map((one) => one.content)];
  return [
    ...(operation.parameters ?? []).map((one) => one.schema),
    ...contents.flatMap((content) => Object.values(content ?? {}).flatMap((one) => (one.schema ? [one.schema] : []))),
  ];
}

function ajvWith(document: ApiDocument): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false });
  for (const [name, schema] of Object.entries(document.components.schemas)) ajv.addSchema(standing(schema), `schema:${name}`);
  return ajv;
}

/** A schema that stands by itself: what it refers to is found by name instead of by its place in the document. */
function standing(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"schema:')) as object;
}
