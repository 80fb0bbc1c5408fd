import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface Front {
  readonly port: number;
  /** Changes the certificate of the connections to come. */
  setCertificate(options: Pick<TlsOptions, 'cert' | 'key'>): void;
  close(): Promise<void>;
}

/** TLS before a server of plain HTTP on loopback. */
export async function tlsFront(behind: string, options: TlsOptions): Promise<Front> {
  const { port } = new URL(behind);
  const server = createTlsServer(options, (socket) => join(socket, connect(Number(port), '127.0.0.1')));
  server.on('tlsClientError', () => undefined);
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  });
  return {
    port: await listen(server),
    setCertificate: (changed) => server.setSecureContext({ ...options, ...changed }),
    close: () => shut(server, open),
  };
}

export interface ProxyFront {
  readonly url: string;
  /** `host:port` of every CONNECT, with the login that came with it. */
  readonly heard: readonly { readonly target: string; readonly login: string | undefined }[];
  close(): Promise<void>;
}

/** What a proxy says to CONNECT: a tunnel, or a status with headers. */
export type ProxyAnswer =
  | 'tunnel'
  | 'silence'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** An HTTP proxy on loopback, to which every name stands for one port of this computer; with `tls` one that is reached by https. */
export async function proxyFront(
  port: number,
  answer: (login: string | undefined) => ProxyAnswer = () => 'tunnel',
  tls: Pick<TlsOptions, 'cert' | 'key'> | null = null,
): Promise<ProxyFront> {
  const heard: { target: string; login: string | undefined }[] = [];
  const open = new Set<Socket>();
  const no: RequestListener = (_request, response) => response.writeHead(405).end();
  const server = tls === null ? createHttpServer(no) : createHttpsServer(tls, no);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  });
  server.on('connect', (request, socket: Socket) => {
    const login = request.headers['proxy-authorization'];
    heard.push({ target: request.url ?? '', login });
    const said = answer(login);
    if (said === 'silence') return;
    if (said === 'tunnel') {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      join(socket, connect(port, '127.0.0.1'));
      return;
    }
    const lines = Object.entries(said.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${said.status} No\r\n${lines.join('')}Content-Length: 0\r\n\r\n`);
  });
  const at = tls === null ? 'http://127.0.0.1' : 'https://localhost';
  return { url: `${at}:${await listen(server)}`, heard, close: () => shut(server, open) };
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on TCP: an object, not a pipe's name.
  return (server.address() as AddressInfo).port;
}

function shut(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
