import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { JSX } from 'react';

interface FilterFieldProps {
  readonly label: string;
  readonly text: string;
  readonly change: (text: string) => void;
}

/** Lists that are longer than this can be searched. */
export const SEARCHED_FROM = 8;

/** Narrows a list to what holds a text. */
export function FilterField({ label, text, change }: FilterFieldProps): JSX.Element {
  return (
    <TextInput
      type="search"
      size="xs"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      value={text}
      onChange={(event) => {
        change(event.currentTarget.value);
      }}
    />
  );
}
