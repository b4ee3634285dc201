// A field to search with. The Escape key empties it before it does anything else.
import { TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';

interface Props extends Omit<TextInputProps, 'onChange' | 'value'> {
  value: string;
  onType: (text: string) => void;
}

export function SearchInput({ value, onType, ...props }: Props) {
  return (
    <TextInput
      type="search"
      leftSection={<IconSearch size={16} aria-hidden />}
      {...props}
      value={value}
      onChange={({ currentTarget }) => onType(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || value === '') return;
        event.stopPropagation();
        onType('');
      }}
    />
  );
}
