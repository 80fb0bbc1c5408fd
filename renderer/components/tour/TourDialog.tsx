import { Button, Modal } from '@mantine/core';
import type { JSX } from 'react';
import { useApp } from '../../stores/app.ts';
import { ModesPicture, SidesPicture, UndoPicture } from './pictures.tsx';
import { DialogButtons } from '../frame/DialogButtons.tsx';
import styles from './tour.module.css';

interface Panel {
  readonly title: string;
  readonly says: string;
  readonly Picture: () => JSX.Element;
}

const PANELS: readonly Panel[] = [
  {
    title: 'Internal and external',
    says: 'Internal: people whose calendar is on the same server. External: everybody else. They get mail, and mail cannot be undone.',
    Picture: SidesPicture,
  },
  {
    title: 'You decide who is notified',
    says: 'Nobody, colleagues’ calendars only, external guests only, or everyone. Before anything is written you see how many people that is.',
    Picture: ModesPicture,
  },
  {
    title: 'Every run can be undone',
    says: 'What is replaced or removed is saved first. Undo puts it back, and you decide again who is notified.',
    Picture: UndoPicture,
  },
];

/** Three pictures at the first start; Help shows them again. */
export function TourDialog(): JSX.Element {
  const opened = useApp((state) => state.tour);
  const endTour = useApp((state) => state.endTour);
  return (
    <Modal opened={opened} onClose={() => void endTour()} title="Welcome to Hushcal" size={880}>
      <div className="stack" data-testid="tour">
        <ol className={styles.tour}>
          {PANELS.map(({ title, says, Picture }) => (
            <li key={title} className={styles.panel}>
              <Picture />
              <h3>{title}</h3>
              <p className="small dim">{says}</p>
            </li>
          ))}
        </ol>
        <DialogButtons>
          <span className="small faint grow">Help and glossary shows these pictures again.</span>
          <Button variant="filled" data-autofocus onClick={() => void endTour()}>
            Start
          </Button>
        </DialogButtons>
      </div>
    </Modal>
  );
}
