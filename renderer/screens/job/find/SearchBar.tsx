import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useFind } from '../../../stores/find.ts';
import styles from './find.module.css';

/** The words to look for. Enter searches. */
export function SearchBar(): JSX.Element {
  const { words, searching, setWords, search, stop } = useFind();
  return (
    <form
      className="row"
      role="search"
      aria-label="Look for an event"
      onSubmit={(event) => {
        event.preventDefault();
        void search();
      }}
    >
      <TextInput
        className="grow"
        aria-label="Words of the event"
        placeholder="Search title, location, people, description or UID"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={words}
        maxLength={500}
        autoFocus
        onChange={(event) => {
          setWords(event.currentTarget.value);
        }}
      />
      {searching ? (
        <Button className={styles.findGo} onClick={() => void stop()}>
          Stop
        </Button>
      ) : (
        <Button className={styles.findGo} type="submit" variant="filled" disabled={words.trim() === ''}>
          Search
        </Button>
      )}
    </form>
  );
}
