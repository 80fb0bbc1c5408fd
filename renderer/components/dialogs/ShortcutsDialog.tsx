import { Fragment, type JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { shortcutGroups } from '../../words/shortcuts.ts';
import { ProgramDialog } from './ProgramDialog.tsx';
import { classes } from '../classes.ts';
import styles from './dialogs.module.css';

/** Every key of the window, from the one list that menus and handlers have, too. */
export function ShortcutsDialog(): JSX.Element {
  const platform = useApp((state) => state.info?.platform ?? '');
  return (
    <ProgramDialog name="shortcuts" title="Keyboard shortcuts" size={820}>
      <div className={styles.shortcuts} data-testid="shortcuts">
        {shortcutGroups(platform).map(({ title, shortcuts }) => (
          <section key={title} className={styles.shortcutGroup} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does} className={styles.shortcut}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key, at) => (
                      <Fragment key={key}>
                        {at > 0 && <span className="faint">or</span>}
                        <kbd>{key}</kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes(styles.shortcutsFoot, 'dim small')}>
        Tab and Shift+Tab go from one control to the next. Alt and the underlined letter open a menu.
      </p>
    </ProgramDialog>
  );
}
