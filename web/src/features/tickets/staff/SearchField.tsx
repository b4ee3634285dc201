// What is searched for. The address follows what is typed, a moment later.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limitsOf } from '@/components/form/rules';
import { useTypedParameter } from '@/components/useTypedParameter';

/** As long as a title. */
const MAX = limitsOf('CreateTicketRequest', 'title').max;

export function SearchField() {
  const { t } = useTranslation();
  const [text, setText] = useTypedParameter('q');

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || text === '') return;
    event.stopPropagation();
    setText('');
  };

  return (
    <TextInput
      type="search"
      size="xs"
      mt={6}
      maxLength={MAX}
      aria-label={t('console.search')}
      placeholder={t('console.search')}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={onKeyDown}
      data-shortcut="search"
    />
  );
}
