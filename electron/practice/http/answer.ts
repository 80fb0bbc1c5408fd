import { DECLARATIONS, element, escapeXml, HUSHCAL, XML_HEAD } from '../xml/names.ts';

/** What goes back to the client. A body of pieces is written as it is made, with back-pressure. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | Iterable<string>;
}

/** Stands for an answer that is never sent: the connection is closed. */
export const CUT: Answer = { status: 0 };
/** Marks between faults and send, among the headers; they never leave the server. The whole body is announced, half of it is sent. */
export const TRUNCATE = 'x-truncate';
/** Milliseconds between two octets. */
export const DRIP = 'x-drip';

/** The octets of an answer's body, its pieces made at once. */
export function wholeBody({ body = '' }: Answer): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : [...body].join(''));
}

const XML = { 'Content-Type': 'application/xml; charset=utf-8' };

/** Carries the answer that ends a request. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer, message: string) {
    super(message);
    this.answer = answer;
  }
}

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, headers });

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});

export const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

/** A refusal with a DAV:error body: the precondition element and, for persons, the reason. */
export function refuse(status: number, precondition: string, reason: string): Refusal {
  const body = `${XML_HEAD}<D:error ${DECLARATIONS}>${precondition}${element(HUSHCAL, 'reason', escapeXml(reason))}</D:error>`;
  return new Refusal({ status, headers: XML, body }, reason);
}

export const refusePlain = (status: number, reason: string): Refusal => new Refusal(text(status, reason), reason);

/** A 207 whose responses are written piece by piece. */
export function multistatus(responses: Iterable<string>, after = ''): Answer {
  function* pieces(): Generator<string> {
    yield `${XML_HEAD}<D:multistatus ${DECLARATIONS}>`;
    yield* responses;
    yield `${after}</D:multistatus>`;
  }
  return { status: 207, headers: XML, body: pieces() };
}

export const xmlAnswer = (status: number, body: string): Answer => ({ status, headers: XML, body: XML_HEAD + body });
