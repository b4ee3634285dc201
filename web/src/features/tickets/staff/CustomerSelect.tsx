// A customer, found by a part of the name or the address.
import { Group, Select, type SelectProps, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetUserQuery } from '@/api/accounts';
import type { Account } from '@/api/types';
import { numberIn } from './address';
import { useFindCustomersQuery } from './staffApi';

const WAIT_MS = 200;

interface Props extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** The number of the account, empty for nobody. */
  value: string;
  onChoose: (value: string) => void;
}

/** Two may have the same name. */
const labelOf = ({ name, email }: Account) => `${name} · ${email}`;

export function CustomerSelect({ value, onChoose, ...look }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const id = numberIn(value);
  const { currentData: chosen } = useGetUserQuery(id ?? 0, { skip: id === null });
  // The name of who is chosen is no search.
  const wanted = chosen && text === labelOf(chosen) ? '' : text.trim();
  const [sought] = useDebouncedValue(wanted, WAIT_MS);
  // Nobody is asked for before somebody wants to choose.
  const [wasOpened, setOpened] = useState(false);
  const { currentData, error } = useFindCustomersQuery(sought, { skip: !wasOpened, refetchOnMountOrArgChange: true });
  const isCurrent = sought === wanted;

  const found = (isCurrent ? currentData?.items : undefined) ?? [];
  const isListed = found.some(({ id }) => id === chosen?.id);
  const options = wanted === '' && chosen && !isListed ? [chosen, ...found] : found;
  const accounts = new Map(options.map((account) => [String(account.id), account]));

  const none = () => {
    if (!isCurrent || (!currentData && !error)) return t('consoleTools.customers.searching');
    return error ? t('consoleTools.customers.failed') : t('consoleTools.customers.none');
  };

  return (
    <Select
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      data={options.map((account) => ({ value: String(account.id), label: labelOf(account) }))}
      value={value === '' ? null : value}
      onChange={(next) => onChoose(next ?? '')}
      onSearchChange={setText}
      onDropdownOpen={() => setOpened(true)}
      // The server has filtered.
      filter={({ options: all }) => all}
      nothingFoundMessage={none()}
      // The list itself scrolls: it is what the keys move in.
      withScrollArea={false}
      styles={{ options: { maxHeight: '20rem', overflowY: 'auto' } }}
      renderOption={({ option, checked }) => {
        const account = accounts.get(option.value);
        return (
          <Group gap="xs" wrap="nowrap" w="100%">
            <span style={{ flex: 1, minWidth: 0 }}>
              <Text component="span" size="sm" display="block" truncate>
                {account?.name}
              </Text>
              <Text component="span" size="xs" c="dimmed" display="block" truncate>
                {account?.email}
              </Text>
            </span>
            {checked && <IconCheck size={16} aria-hidden />}
          </Group>
        );
      }}
      {...look}
    />
  );
}
