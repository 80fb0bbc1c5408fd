import { HushError } from '../../../../shared/model/failure.ts';
import { strongETag } from '../answers/classify.ts';
import { propOf } from '../answers/multistatus.ts';
import { propfind } from '../answers/propfind.ts';
import { DAV } from '../answers/xml.ts';
import type { Http } from '../transport/http.ts';
import type { ETag } from '../types.ts';

/** ETags as PROPFIND tells them, for servers whose other answers come without, or behind a proxy that takes them away. */
export class ListedTags {
  readonly #http: Http;
  /** The server has none that could guard a write. */
  none = false;

  constructor(http: Http) {
    this.#http = http;
  }

  async of(path: string, signal?: AbortSignal): Promise<ETag | null> {
    if (this.none) return null;
    try {
      const options = signal === undefined ? {} : { signal };
      const { responses } = await propfind(this.#http, path, '0', ['D:getetag'], options);
      const etag = strongETag(propOf(responses[0], DAV, 'getetag')?.text ?? '');
      this.none = etag === null;
      return etag;
    } catch (error) {
      if (!(error instanceof HushError) || error.failure.code === 'STOPPED') throw error;
      return null;
    }
  }
}
