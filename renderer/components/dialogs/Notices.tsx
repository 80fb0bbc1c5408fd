import { useState, type JSX } from 'react';
import styles from './dialogs.module.css';

/** Written beside the page by the build: what it holds is known only when everything is built. */
const PLACE = '/notices.js';

/** The licences of what Hushcal is made of, read when somebody wants to see them. */
export function Notices(): JSX.Element {
  const [text, setText] = useState<string | null>(null);
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open && text === null) void readNotices().then(setText);
      }}
    >
      <summary>Third-party notices</summary>
      {/* A text that scrolls is reached by the keyboard, too. */}
      <pre className={styles.notices} tabIndex={0} role="region" aria-label="Third-party notices">
        {text ?? ''}
      </pre>
    </details>
  );
}

async function readNotices(): Promise<string> {
  try {
    const module = (await import(/* @vite-ignore */ PLACE)) as { readonly NOTICES: string };
    return module.NOTICES;
  } catch {
    return 'The notices are not in this build. They are in the packages.';
  }
}
