// What narrows the list of people. All of it is in the address.
import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ParameterSelect } from '@/components/ParameterSelect';
import { SearchInput } from '@/components/SearchInput';
import { useTypedParameter } from '@/components/useTypedParameter';
import { ROLES, STATES } from './address';

/** As long as the server takes it. */
const MAX = 200;

export function PeopleFilters() {
  const { t } = useTranslation();
  const [text, type] = useTypedParameter('q');

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
        <ParameterSelect
          name="role"
          label={t('users.filters.role')}
          flex="1 1 8rem"
          maw={{ sm: 200 }}
          data={[any, ...ROLES.map((value) => ({ value, label: t(`users.role.${value}`) }))]}
        />
        <ParameterSelect
          name="state"
          label={t('users.filters.state')}
          flex="1 1 8rem"
          maw={{ sm: 200 }}
          data={[any, ...STATES.map((value) => ({ value, label: t(`users.state.${value}`) }))]}
        />
      </Group>
    </search>
  );
}
