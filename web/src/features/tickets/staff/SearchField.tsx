// What is searched for. The address follows what is typed, a moment later.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { limitsOf } from '@/components/form/rules';
import { searchIn, withParameter } from './address';

const WAIT_MS = 250;
/** As long as a title. */
const MAX = limitsOf('CreateTicketRequest', 'title').max;

export function SearchField() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const sought = searchIn(address);
  const [text, setText] = useState(sought);
  const [before, setBefore] = useState(sought);
  // The address has changed by itself: another view, or a step back.
  if (sought !== before) {
    setBefore(sought);
    if (text.trim() !== sought) setText(sought);
  }

  useEffect(() => {
    if (text.trim() === sought) return undefined;
    const timer = setTimeout(() => setAddress(withParameter(address, 'q', text.trim()), { replace: true }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, sought, address, setAddress]);

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
