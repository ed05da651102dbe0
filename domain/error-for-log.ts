/**
 * What a log may say of an error: its kind, codes and place. Messages of database errors carry the statement with its
 * values, which are people's words; they stay out. Serializer for the loggers of both processes.
 */
export function errorForLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  const facts = error as { code?: unknown; constraint?: unknown; table?: unknown };
  const isOfDatabase = typeof facts.code === 'string' && /^[0-9A-Z]{5}$/.test(facts.code);
  return {
    type: name,
    ...(isOfDatabase ? { constraint: facts.constraint, table: facts.table } : { message }),
    ...(facts.code === undefined ? {} : { code: facts.code }),
    stack: placeOf(stack),
  };
}

/** The lines that name a place in the code; the message stands before them. */
function placeOf(stack: string | undefined): string {
  return (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).join('\n');
}
