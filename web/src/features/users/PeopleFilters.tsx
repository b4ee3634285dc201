// What narrows the list of people. All of it is in the address.
import { Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { withParameter } from '@/components/address';
import { SearchInput } from '@/components/SearchInput';
import { useTypedParameter } from '@/components/useTypedParameter';
import { ROLES, STATES } from './address';

/** As long as the server takes it. */
const MAX = 200;

export function PeopleFilters() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const [text, type] = useTypedParameter('q');

  const choose = (name: 'role' | 'state') => ({
    label: t(`users.filters.${name}`),
    value: address.get(name) ?? '',
    onChange: ({ currentTarget }: { currentTarget: HTMLSelectElement }) =>
      setAddress(withParameter(address, name, currentTarget.value), { replace: true }),
  });
  const any = { value: '', label: t('users.filters.any') };

  return (
    <search aria-label={t('users.filters.label')}>
      <Group align="flex-end" gap="sm">
        <SearchInput
          label={t('users.search')}
          placeholder={t('users.searchHint')}
          maxLength={MAX}
          value={text}
          onType={type}
          flex="1 1 16rem"
        />
        <NativeSelect
          {...choose('role')}
          flex="1 1 8rem"
          maw={{ sm: 200 }}
          data={[any, ...ROLES.map((value) => ({ value, label: t(`users.role.${value}`) }))]}
        />
        <NativeSelect
          {...choose('state')}
          flex="1 1 8rem"
          maw={{ sm: 200 }}
          data={[any, ...STATES.map((value) => ({ value, label: t(`users.state.${value}`) }))]}
        />
      </Group>
    </search>
  );
}
