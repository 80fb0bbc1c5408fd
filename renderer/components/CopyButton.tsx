import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';

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

/** The window has no permission to use the clipboard by itself; a selection may always be copied by a click. */
function copyText(text: string): boolean {
  // The old way is named here without its deprecated type: the new one asks for the permission that is not given.
  const page: { execCommand: (command: string) => boolean } = document;
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = page.execCommand('copy');
  area.remove();
  return done;
}
