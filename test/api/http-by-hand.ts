import { once } from 'node:events';
import { connect } from 'node:net';

/** A sender that looks for no answer before it has said all; throws where its line is cut while it speaks. */
export async function speakOut(port: number, head: string, parts: readonly Buffer[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  const closed = once(socket, 'close');
  closed.catch(() => undefined);
  for (const part of [Buffer.from(head), ...parts]) if (!socket.write(part)) await once(socket, 'drain');
  await closed;
  return answer;
}

/** Speaks HTTP by hand: what the server says until its answer is whole or it hangs up. */
export async function talk(port: number, head: string, options: { rest?: readonly string[]; everyMs?: number } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    // Kept until the line stands; waiting for that, the rest could come before it.
    socket.write(head);
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
      if (isWhole(answer)) socket.destroy();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', () => undefined);
    const rest = [...(options.rest ?? [])];
    const timer = rest.length > 0 ? setInterval(() => {
      const next = rest.shift();
      if (next === undefined || socket.destroyed) clearInterval(timer);
      else socket.write(next);
    }, options.everyMs) : undefined;
  });
}

function isWhole(answer: string): boolean {
  const [head = '', body] = answer.split('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return body !== undefined && length !== undefined && Buffer.byteLength(body) >= Number(length);
}
