import { randomUUID } from 'node:crypto';
import type { StartResult } from '#tools/start/result.ts';
import { insist } from './patience.ts';

/** The parts of an order's record that the story looks at. */
export type Order = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly comments: readonly { readonly body: string; readonly door: string; readonly attachments: readonly { readonly name: string }[] }[];
};

/** Somebody of the office who works by the API and repeats what got no answer, safely. */
export class Coordinator {
  readonly #result: StartResult;
  readonly #cookie: string;
  readonly #account: string;

  private constructor(result: StartResult, cookie: string, account: string) {
    this.#result = result;
    this.#cookie = cookie;
    this.#account = account;
  }

  static async signIn(result: StartResult): Promise<Coordinator> {
    const login = result.logins.find((one) => one.role === 'coordinator');
    const response = await insist(`${result.api}/session`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin: result.portal }, body: JSON.stringify({ email: login?.email, password: login?.password }),
    });
    const { accounts } = (await response.json()) as { accounts: { id: string }[] };
    return new Coordinator(result, (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '', accounts[0]?.id ?? '');
  }

  /** Reports a defect in the first workspace. */
  async report(title: string): Promise<Order> {
    const { data } = await this.#call<{ data: { id: string }[] }>('GET', '/workspaces');
    return this.#call<Order>('POST', '/work-orders', { title, workspaceId: data[0]?.id });
  }

  async assign(order: Order, company: string): Promise<Order> {
    const { data } = await this.#call<{ data: { id: string; company: string }[] }>('GET', `/firms?q=${encodeURIComponent(company)}`);
    const firmId = data.find((one) => one.company === company)?.id;
    return this.#call<Order>('POST', `/work-orders/${order.id}/assignments`, { firmId });
  }

  async close(order: Order): Promise<Order> {
    return this.#call<Order>('POST', `/work-orders/${order.id}/steps`, { step: 'close' });
  }

  async look(order: Order): Promise<Order> {
    return this.#call<Order>('GET', `/work-orders/${order.id}`);
  }

  async #call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await insist(`${this.#result.api}/accounts/${this.#account}${path}`, {
      method,
      headers: { origin: this.#result.portal, cookie: this.#cookie, ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  }
}
