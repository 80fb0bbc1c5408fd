import { useEffect, useRef } from 'react';

/** Moves the focus to the page when it became another one, so that keyboard and screen reader go on at its top. */
export function useFocusOnChange(page: string): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    document.getElementById('page')?.focus();
  }, [page]);
}
