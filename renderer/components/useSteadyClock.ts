import { useEffect, useState } from 'react';

const EVERY_MS = 1000;

/** `performance.now()`, once a second: for what must be said anew although nothing has come. */
export function useSteadyClock(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now());
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}
