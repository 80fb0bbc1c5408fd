import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { copyText } from '../bridge/copy-text.ts';

interface CopyButtonProps {
  readonly label: string;
  readonly text: () => string;
}

export function CopyButton({ label, text }: CopyButtonProps): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    setCopied(copyText(text()));
    setTimeout(() => {
      setCopied(false);
    }, 2000);
  };
  return (
    <Button
      size="xs"
      variant="subtle"
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      onClick={copy}
    >
      {copied ? 'Copied' : label}
    </Button>
  );
}
