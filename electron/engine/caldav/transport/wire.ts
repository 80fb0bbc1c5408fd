import { errors, type Dispatcher } from 'undici';
import { contentCoding, tooLarge, unpack, type BodySink } from './content-coding.ts';
import { BOUNDS } from './bounds.ts';
import { stopped } from './failures.ts';

/** Answer headers: lower-case names; a list when the header came more than once. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface WireAnswer {
  /** The path that answered, after redirects. */
  readonly path: string;
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** Of a 401: why the login was refused, for a person. */
  readonly denied?: string;
}

export interface WireRequest {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string | null;
  /** Sends `Connection: close`. */
  readonly reset: boolean;
  readonly headersTimeout: number;
  /** Milliseconds between two parts of the body, and, with one second more for each KiB, for the whole of it. */
  readonly bodyTimeout: number;
  readonly maxBytes: number;
  /** A status is all that matters: a body that is cut or too long is taken as far as it came. */
  readonly statusCounts: boolean;
  readonly signal: AbortSignal | null;
  /** Of a multistatus: what takes its body, which is then no part of the answer. */
  readonly sink?: (() => BodySink) | undefined;
}

const EMPTY = Buffer.alloc(0);

/** Octets in a second: an answer that comes slower than that, once `bodyTimeout` is over, is given up. */
const SLOWEST = 1024;

/**
 * One request on undici's dispatcher, the answer read to its end. Below `Pool.request` on purpose: no stream is made
 * per answer, which is most of the client's time when answers are empty.
 *
 * @throws the error of undici when the connection breaks, HushError `STOPPED` or `ANSWER_TOO_LARGE`.
 */
export function exchange(dispatcher: Dispatcher, request: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new AnswerHandler(request, resolve, reject);
    const { path, method, headers, body, reset, headersTimeout, bodyTimeout } = request;
    dispatcher.dispatch(
      { path, method, headers, body, reset, headersTimeout, bodyTimeout, idempotent: false },
      handler,
    );
  });
}

class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #request: WireRequest;
  readonly #resolve: (answer: WireAnswer) => void;
  readonly #reject: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: AnswerHeaders = {};
  #chunks: Buffer[] | null = null;
  #coding: string | null = null;
  #sink: BodySink | null = null;
  #bytes = 0;
  #startedAt = 0;
  /** Octets that may come, unpacked. */
  #most = 0;
  /** What is cut or too long is taken as far as it came. */
  #beginningCounts = false;
  readonly #stop: (() => void) | null;

  constructor(request: WireRequest, resolve: (answer: WireAnswer) => void, reject: (error: unknown) => void) {
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#stop = request.signal === null ? null : () => this.#abort(stopped());
    if (this.#stop !== null) request.signal?.addEventListener('abort', this.#stop, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#request.signal?.aborted === true) controller.abort(stopped());
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHeaders): void {
    // 1xx answers are not the answer.
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#startedAt = performance.now();
    this.#coding = contentCoding(headers['content-encoding']);
    this.#sink = status === 207 ? (this.#request.sink?.() ?? null) : null;
    const isAsked = this.#request.sink === undefined ? status < 300 : this.#sink !== null;
    this.#most = isAsked ? this.#request.maxBytes : Math.min(this.#request.maxBytes, BOUNDS.words);
    this.#beginningCounts = this.#request.statusCounts || !isAsked;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    const most = this.#coding === null ? this.#most : Math.min(this.#most, BOUNDS.packed);
    if (this.#bytes > most) {
      controller.abort(tooLarge(most));
      return;
    }
    if (performance.now() - this.#startedAt > this.#request.bodyTimeout + (this.#bytes / SLOWEST) * 1000) {
      controller.abort(new errors.BodyTimeoutError('The answer only drips.'));
      return;
    }
    if (this.#sink !== null && this.#coding === null) this.#pour(controller, this.#sink, chunk);
    else if (this.#chunks === null) this.#chunks = [chunk];
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#status !== 0 && this.#beginningCounts) this.#finish();
    else this.#fail(error);
  }

  #pour(controller: Dispatcher.DispatchController, sink: BodySink, chunk: Buffer): void {
    try {
      sink.write(chunk);
    } catch (error) {
      controller.abort(error instanceof Error ? error : new Error('The answer was refused.', { cause: error }));
    }
  }

  #abort(reason: Error): void {
    // Waiting for a free connection: nothing has left yet; onRequestStart will give the place back.
    if (this.#controller === null) this.#fail(reason);
    else this.#controller.abort(reason);
  }

  #finish(): void {
    this.#release();
    const chunks = this.#chunks;
    const coding = this.#coding;
    if (coding === null || chunks === null) {
      this.#answer(chunks === null ? EMPTY : chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks));
      return;
    }
    unpack(chunks, coding, this.#most, this.#sink).then(
      (body) => this.#answer(body),
      (error: unknown) => {
        if (this.#beginningCounts) this.#answer(EMPTY);
        else this.#reject(error);
      },
    );
  }

  #answer(body: Buffer): void {
    this.#sink?.end();
    this.#resolve({ path: this.#request.path, status: this.#status, headers: this.#headers, body });
  }

  #fail(error: unknown): void {
    this.#release();
    this.#reject(error);
  }

  #release(): void {
    if (this.#stop !== null) this.#request.signal?.removeEventListener('abort', this.#stop);
  }
}
