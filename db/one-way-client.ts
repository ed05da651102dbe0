import pg from 'pg';

/** Opens a transaction, or says who acts in it: nobody reads an answer. */
const NEEDS_NO_ANSWER = /^(?:begin$|set local role |select set_config\()/;
const ENDS_UNBEGUN = /^(?:commit|rollback)$/;
/** At the end of a message of several statements: its rows are the rows of each. */
export const EACH_ANSWER = ' /* each */';

const NO_ANSWER = { command: '', rowCount: 0, rows: [] };

type Send = (text: unknown, values?: unknown, then?: unknown) => unknown;

/**
 * A connection on which `begin`, the session's variables and its role travel with the first statement after them, as one
 * message: each way to the database costs a request more than most of its statements do. Order and effect stay; a role that
 * can't be taken makes that statement fail, which is then never run.
 */
export class OneWayClient extends pg.Client {
  #held: string[] = [];

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = super.query.bind(this) as Send;
    this.query = ((text: unknown, values?: unknown, then?: unknown) => this.#send(send, text, values, then)) as pg.Client['query'];
  }

  #send(send: Send, text: unknown, values: unknown, then: unknown): unknown {
    const isPlain = typeof text === 'string' && then === undefined && (values === undefined || (Array.isArray(values) && values.length === 0));
    if (isPlain && NEEDS_NO_ANSWER.test(text)) {
      this.#held.push(text);
      return Promise.resolve(NO_ANSWER);
    }
    const held = this.#takeHeld(text);
    if (held === null) return Promise.resolve(NO_ANSWER);
    if (isPlain && text.endsWith(EACH_ANSWER)) return answers(send, [...held, text]).then((all) => ({ ...NO_ANSWER, rows: all.slice(held.length).map((one) => one.rows) }));
    if (held.length === 0) return send(text, values, then);
    if (isPlain) return answers(send, [...held, text]).then((all) => all.at(-1));
    // Its failure is the statement's: in a transaction that has failed, the database refuses whatever follows.
    void (send(held.join(';')) as Promise<unknown>).catch(() => undefined);
    return send(text, values, then);
  }

  /** What must go before this statement; null: it ends a transaction that the database never saw. */
  #takeHeld(text: unknown): string[] | null {
    const held = this.#held;
    this.#held = [];
    if (typeof text !== 'string' || held.length === 0) return held;
    if (ENDS_UNBEGUN.test(text)) return held[0] === 'begin' ? null : [];
    // Whatever was said after the savepoint is undone by going back to it.
    return text.startsWith('rollback to ') ? held.filter((one) => one === 'begin') : held;
  }
}

async function answers(send: Send, statements: readonly string[]): Promise<pg.QueryResult[]> {
  const answer = (await send(statements.join(';'))) as pg.QueryResult | pg.QueryResult[];
  return Array.isArray(answer) ? answer : [answer];
}
