import type { TestApi } from '../support/api.ts';

type Logger = { setDebugMode: (mode: string[] | boolean) => void; logQuery: (context: { readonly query: string }) => void };

/**
 * The statements that the application sends while something happens, in their order, with ids and moments of no account.
 * How long an answer takes is made of these: a clock would measure the machine.
 */
export async function statementsOf({ orm }: TestApi, work: () => Promise<unknown>): Promise<string[]> {
  const logger = orm.config.getLogger() as unknown as Logger;
  const { logQuery } = logger;
  const sent: string[] = [];
  logger.logQuery = ({ query }) => void sent.push(plain(query));
  logger.setDebugMode(['query']);
  try {
    await work();
  } finally {
    logger.setDebugMode(false);
    logger.logQuery = logQuery;
  }
  return sent;
}

function plain(statement: string): string {
  return statement.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '<id>').replaceAll(/'\d{4}-\d\d-\d\d[^']*'/g, '<moment>');
}
