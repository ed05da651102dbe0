/** Asks again and again until it is so; the processes run by themselves. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, timeoutMs = 100_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
