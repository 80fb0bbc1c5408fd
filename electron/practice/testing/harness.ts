import { request } from 'node:http';
import { startPractice, type PracticeOptions, type PracticeServer } from '../server.ts';
import type { Message } from '../store/model.ts';

/** An answer as a test sees it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Drives a practice server over real HTTP. */
export class Harness {
  readonly server: PracticeServer;
  constructor(server: PracticeServer) {
    this.server = server;
  }

  static async start(options: PracticeOptions = {}): Promise<Harness> {
    return new Harness(await startPractice({ samples: false, ...options }));
  }

  /** One request; `user` null sends no credentials. Rejects when the connection is cut. */
  send(
    user: string | null,
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Headers = {},
  ): Promise<Reply> {
    const { base_url: base, admin } = this.server.info;
    const credentials = Buffer.from(`${user ?? ''}:${admin.password}`).toString('base64');
    const auth = user === null ? {} : { authorization: `Basic ${credentials}` };
    return new Promise((resolve, reject) => {
      const outgoing = request(base + path, { method, headers: { ...auth, ...headers } }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** The path of a control: messages, state, reset, faults or delay. */
  control = (what: string): string => new URL(what, this.server.info.messages_url).pathname;

  home = (user: string): string => `/dav/calendars/${user}/`;
  calendar = (user: string): string => `${this.home(user)}default/`;

  put(user: string, name: string, text: string, headers: Headers = {}, actor = user): Promise<Reply> {
    const all = { 'content-type': 'text/calendar; charset=utf-8', ...headers };
    return this.send(actor, 'PUT', this.calendar(user) + name, text, all);
  }

  delete(user: string, name: string, headers: Headers = {}, actor = user): Promise<Reply> {
    return this.send(actor, 'DELETE', this.calendar(user) + name, undefined, headers);
  }

  get(user: string, name: string): Promise<Reply> {
    return this.send(user, 'GET', this.calendar(user) + name);
  }

  /** The names of the members of a collection. */
  async members(user: string, slug = 'default'): Promise<string[]> {
    const path = `${this.home(user)}${slug}/`;
    const { text } = await this.send(
      user,
      'PROPFIND',
      path,
      '<D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>',
      {
        depth: '1',
      },
    );
    const hrefs = [...text.matchAll(/<D:href>([^<]*)<\/D:href>/g)].map((m) => m[1] ?? '');
    return hrefs.filter((href) => href !== path).map((href) => decodeURIComponent(href.slice(path.length)));
  }

  /** The objects of a collection with a UID, unfolded. */
  async copies(user: string, uid: string, slug = 'default'): Promise<string[]> {
    const out: string[] = [];
    for (const name of await this.members(user, slug)) {
      const { text } = await this.send(user, 'GET', `${this.home(user)}${slug}/${encodeURIComponent(name)}`);
      const plain = text.replace(/\r?\n[ \t]/g, '');
      if (plain.includes(`UID:${uid}\r\n`)) out.push(plain);
    }
    return out;
  }

  /** The only copy of a UID in a user's default calendar; fails when there is none or more than one. */
  async copy(user: string, uid: string): Promise<string> {
    const [copy, ...more] = await this.copies(user, uid);
    if (copy === undefined || more.length > 0)
      throw new Error(`${user} has ${String(more.length + (copy ? 1 : 0))} copies of ${uid}`);
    return copy;
  }

  /** Captured messages as `METHOD kind to`, sorted. */
  notified(): string[] {
    return this.server
      .messages()
      .map((m: Message) => `${m.method} ${m.kind} ${m.to}`)
      .sort();
  }

  clear(): void {
    this.server.clearMessages();
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
