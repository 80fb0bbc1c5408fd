import { HushError } from '../../../shared/model/failure.ts';
import type { MappingView } from '../../../shared/model/batch/mapping-view.ts';
import type { MappingBook } from './book.ts';

/** The mappings that are open. */
export interface MappingBooks {
  readonly books: Map<string, MappingBook>;
  /** Throws HushError for an id that is not known any more. */
  get(mappingId: string): MappingBook;
}

/**
 * Puts another book under the same id and shows it; what was checked before does not hold for it. One that has a name is
 * on the disk when it resolves.
 */
export type PutBook = (mappingId: string, book: MappingBook) => Promise<MappingView>;

export function openMappings(): MappingBooks {
  const books = new Map<string, MappingBook>();
  return {
    books,
    get(mappingId) {
      const book = books.get(mappingId);
      if (book !== undefined) return book;
      throw new HushError({
        code: 'MAPPING_GONE',
        message: 'This mapping is not open any more. Choose it again.',
        reaction: 'fix-input',
      });
    },
  };
}
