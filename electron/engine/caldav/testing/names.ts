import { createSocket } from 'node:dgram';

/** What a name server says of one name. */
interface Named {
  readonly srv?: readonly { readonly target: string; readonly port: number }[];
  readonly txt?: string;
}

export interface NameServer {
  /** For `dns.setServers`. */
  readonly address: string;
  /** Every name that was asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const [TXT, SRV] = [16, 33];

/** A DNS server on loopback (RFC 1035, RFC 2782) that knows only these names; of others it says that there are none. */
export async function nameServer(names: Readonly<Record<string, Named>>): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    const { name, type, end } = questionOf(message);
    asked.push(name);
    socket.send(answerTo(message, end, recordsOf(names[name.toLowerCase()], type)), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${String(socket.address().port)}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        socket.close(resolve);
      }),
  };
}

interface Answer {
  readonly type: number;
  readonly data: Buffer;
}

function questionOf(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function recordsOf(named: Named | undefined, type: number): readonly Answer[] {
  if (type === SRV) {
    return (named?.srv ?? []).map(({ target, port }) => {
      const head = Buffer.alloc(6);
      head.writeUInt16BE(port, 4);
      return { type, data: Buffer.concat([head, nameOf(target)]) };
    });
  }
  if (type === TXT && named?.txt !== undefined) {
    const text = Buffer.from(named.txt, 'latin1');
    return [{ type, data: Buffer.concat([Buffer.from([text.length]), text]) }];
  }
  return [];
}

function nameOf(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function answerTo(question: Buffer, end: number, records: readonly Answer[]): Buffer {
  const head = Buffer.from(question.subarray(0, 12));
  // An answer with authority.
  head.writeUInt16BE(0x8580, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  const answers = records.map(({ type, data }) => {
    const fixed = Buffer.alloc(12);
    // A pointer to the name of the question.
    fixed.writeUInt16BE(0xc00c, 0);
    fixed.writeUInt16BE(type, 2);
    fixed.writeUInt16BE(1, 4);
    fixed.writeUInt32BE(60, 6);
    fixed.writeUInt16BE(data.length, 10);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([head, question.subarray(12, end), ...answers]);
}
