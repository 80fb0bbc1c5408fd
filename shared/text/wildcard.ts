/** Whether a whole text is of a pattern in which `*` stands for any run of characters, also an empty one. */
export interface Wildcard {
  test(text: string): boolean;
}

/**
 * Compiles a pattern; `flags` are those of a regular expression (`i`: without regard to case). One pass over the text,
 * however many stars there are: each piece is looked for behind the one before it, and never again further in front.
 */
export function wildcard(pattern: string, flags: 'iu' | 'u'): Wildcard {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const last = pieces.length - 1;
  const searches = pieces.map((piece, at) => {
    return new RegExp(`${at === 0 ? '^' : ''}(?:${piece})${at === last ? '$' : ''}`, `g${flags}`);
  });
  return {
    test(text) {
      let from = 0;
      for (const search of searches) {
        search.lastIndex = from;
        if (!search.test(text)) return false;
        from = search.lastIndex;
      }
      return true;
    },
  };
}
