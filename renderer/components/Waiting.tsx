import { Button } from '@mantine/core';
import { IconLoader2 } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { formatNumber } from '../words/format.ts';
import parts from './parts.module.css';

interface WaitingProps {
  /** What is being done, e.g. `Connecting to cal.example.org`. */
  readonly what: string;
  readonly cancel?: () => void;
}

/** Work at a server that may take its time: what, since when, and the way out. */
export function Waiting({ what, cancel }: WaitingProps): JSX.Element {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const begun = performance.now();
    const timer = setInterval(() => {
      setSeconds(Math.floor((performance.now() - begun) / 1000));
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <div className="row">
      <IconLoader2 size={15} className={parts.spin} aria-hidden />
      <span className="grow ellipsis" role="status">
        {what}… {/* Read out once, not each second. */}
        <span aria-hidden>{seconds > 0 && `${formatNumber(seconds)} s`}</span>
      </span>
      {cancel !== undefined && (
        <Button size="xs" onClick={cancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
