import pg from 'pg';

/** Hears of comments at the moment they are committed, as the portal's live streams do. */
export class CommentWatch {
  readonly #client: pg.Client;
  #seen = 0;
  #wake: (() => void) | null = null;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(databaseUrl: string): Promise<CommentWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const watch = new CommentWatch(client);
    client.on('notification', ({ payload }) => {
      if ((JSON.parse(payload ?? '{}') as { e?: string }).e !== 'comment.added') return;
      watch.#seen += 1;
      watch.#wake?.();
    });
    await client.query('listen gewerk_events');
    return watch;
  }

  get seen(): number {
    return this.#seen;
  }

  /** Waits until so many comments were seen in all; throws after two minutes of silence. */
  async until(count: number): Promise<void> {
    while (this.#seen < count) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${this.#seen} of ${count} comments came`)), 120_000);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
