/** Everything that people watch goes to standard error: standard output is for the result. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Does one step, saying when it is done and, when it takes long, that it still runs. */
export async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const timer = setInterval(() => say(`  … ${name} (${Math.round((Date.now() - started) / 1000)} s)`), 10_000);
  try {
    const result = await work();
    say(`✓ ${name} (${seconds(started)})`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
