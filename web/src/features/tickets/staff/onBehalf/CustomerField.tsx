// The customer for whom a ticket is opened, found by a part of the name or the address.
import { Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { useField } from 'formik';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetUserQuery } from '@/api/accounts';
import type { Account } from '@/api/types';
import { useFindCustomersQuery } from '@/features/tickets/staff/staffApi';

const WAIT_MS = 200;

interface Props {
  name: string;
}

/** Two may have the same name. */
const labelOf = ({ name, email }: Account) => `${name} · ${email}`;

export function CustomerField({ name }: Props) {
  const { t } = useTranslation();
  const [{ value }, { touched, error: broken }, { setValue, setTouched }] = useField<string>(name);
  const [text, setText] = useState('');
  const { currentData: chosen } = useGetUserQuery(Number(value), { skip: value === '' });
  // The name of who is chosen is no search.
  const wanted = chosen && text === labelOf(chosen) ? '' : text.trim();
  const [sought] = useDebouncedValue(wanted, WAIT_MS);
  const { currentData, error } = useFindCustomersQuery(sought, { refetchOnMountOrArgChange: true });
  const isCurrent = sought === wanted;

  const found = (isCurrent ? currentData?.items : undefined) ?? [];
  const isListed = found.some(({ id }) => id === chosen?.id);
  const options = wanted === '' && chosen && !isListed ? [chosen, ...found] : found;
  const accounts = new Map(options.map((account) => [String(account.id), account]));

  const none = () => {
    if (!isCurrent || (!currentData && !error)) return t('consoleTools.create.customerSearching');
    return error ? t('consoleTools.create.customerFailed') : t('consoleTools.create.customerNone');
  };

  return (
    <Select
      name={name}
      label={t('consoleTools.create.customer')}
      description={t('consoleTools.create.customerHint')}
      required
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      data={options.map((account) => ({ value: String(account.id), label: labelOf(account) }))}
      value={value === '' ? null : value}
      onChange={(next) => void setValue(next ?? '')}
      onSearchChange={setText}
      onBlur={() => void setTouched(true, false)}
      error={touched && broken ? broken : undefined}
      // The server has filtered.
      filter={({ options: all }) => all}
      nothingFoundMessage={none()}
      // The list itself scrolls: it is what the keys move in.
      withScrollArea={false}
      styles={{ options: { maxHeight: '20rem', overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false, shadow: 'md' }}
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
    />
  );
}
