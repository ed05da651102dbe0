import { Agent, request, type OutgoingHttpHeaders } from 'node:http';

export type Wish = {
  readonly method?: 'GET' | 'POST';
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
};

export type Answer = { readonly status: number; readonly text: string };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request over a kept connection; reads the whole answer. Throws for any but a good one: a refusal is quick and proves nothing. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Wish = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-type': 'application/json', ...headers, 'content-length': Buffer.byteLength(body) };
    const asked = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        if (status >= 400 || status === 0) reject(new Error(`${method} ${url.replace(/\/a\/[^/]+/, '/a/…')} answered ${status}: ${text.slice(0, 500)}`));
        else resolve({ status, text });
      });
    });
    asked.once('error', reject);
    asked.end(body);
  });
}
