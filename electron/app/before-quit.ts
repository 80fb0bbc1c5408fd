import { app } from 'electron';

/** Lets `finish` come to its end before the program does, once. A failure in it does not keep the program alive. */
export function beforeQuit(finish: () => Promise<void>): void {
  let isFinishing = false;
  app.on('will-quit', (event) => {
    if (isFinishing) return;
    isFinishing = true;
    event.preventDefault();
    finish().then(
      () => {
        app.exit(0);
      },
      () => {
        app.exit(1);
      },
    );
  });
}
