import type { Request } from 'express';
import { discardForm, receiveForm, type ReceivedForm, type RefusedFile } from '../attachments/receive.ts';
import type { StoredFile } from '#db/attachments/store-file.ts';
import type { AppDeps } from '../deps.ts';

/** What a page's form sent. Files lie in the store and have no rows yet. */
export type PageForm = {
  /** One line, trimmed, without control characters; empty where the field is missing. */
  readonly line: (name: string, longest?: number) => string;
  /** Several lines, as they were typed. */
  readonly text: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly stored: readonly StoredFile[];
  readonly refused: readonly RefusedFile[];
};

export const EMPTY_FORM: PageForm = formOf(new Map(), [], []);

/** The fields of a form without files; the body was parsed before. */
export function readFields(req: Request): PageForm {
  const body = (req.body ?? {}) as Readonly<Record<string, unknown>>;
  const fields = Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')] as const);
  return formOf(new Map(fields), [], []);
}

export function isMultipart(req: Request): boolean {
  return /^multipart\//i.test(req.headers['content-type'] ?? '');
}

/** Reads a form with files; call `discardFiles` unless their rows were written. */
export async function readFormWithFiles(deps: AppDeps, req: Request, organisationId: string): Promise<{ form: PageForm; discardFiles: () => Promise<void> }> {
  const limitBytes = deps.settings.UPLOAD_LIMIT_MB * 1024 * 1024;
  const received: ReceivedForm = await receiveForm(req, { files: deps.files, organisationId, limitBytes });
  return {
    form: formOf(received.lists, received.stored, received.refused),
    discardFiles: () => discardForm(deps.files, received),
  };
}

function formOf(fields: ReadonlyMap<string, readonly string[]>, stored: readonly StoredFile[], refused: readonly RefusedFile[]): PageForm {
  const first = (name: string): string => fields.get(name)?.[0] ?? '';
  return {
    line: (name, longest = 200) => first(name).replaceAll(/\p{Cc}+/gu, ' ').trim().slice(0, longest),
    text: (name) => first(name).replaceAll('\r\n', '\n').replaceAll(/[^\P{Cc}\n\t]/gu, '').trim(),
    all: (name) => fields.get(name) ?? [],
    stored,
    refused,
  };
}
