import { HttpError } from 'react-admin';

/** What the API says of single fields, by their name. */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof HttpError)) return {};
  return (error.body as { errors?: Record<string, string> } | undefined)?.errors ?? {};
}
