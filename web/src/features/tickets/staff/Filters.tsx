// What narrows the list, and its order. All of it is in the address.
import { Button, Stack } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { addressNow } from '@/components/address';
import { ParameterSelect } from '@/components/ParameterSelect';
import { useChosenParameter } from '@/components/useChosenParameter';
import { useFocusKept } from '@/components/useFocusKept';
import type { ListQuery } from '@/features/tickets/listQuery';
import { useListCategoriesQuery } from '@/features/tickets/ticketsApi';
import { narrowings, PRIORITIES, SORTS, STATUSES, viewIn, VIEWS, withoutFilters } from './address';
import { CustomerSelect } from './CustomerSelect';
import { useAdmins } from './staffApi';

export default function Filters() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { data: categories } = useListCategoriesQuery();
  const admins = useAdmins();
  const [requester, chooseRequester] = useChosenParameter('requester');
  const view: ListQuery = VIEWS[viewIn(address)];
  const order = useRef<HTMLSelectElement>(null);
  const focusKept = useFocusKept(order);

  const any = { value: '', label: t('consoleTools.any') };
  const statuses = view.status ?? STATUSES;

  return (
    <Stack gap="xs" mt="md" px={10}>
      {statuses.length > 1 && (
        <ParameterSelect
          name="status"
          label={t('consoleTools.filters.status')}
          size="xs"
          data={[any, ...statuses.map((value) => ({ value, label: t(`tickets.status.${value}`) }))]}
        />
      )}
      <ParameterSelect
        name="priority"
        label={t('consoleTools.filters.priority')}
        size="xs"
        data={[any, ...PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))]}
      />
      <ParameterSelect
        name="category"
        label={t('consoleTools.filters.category')}
        size="xs"
        data={[any, ...(categories?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]}
      />
      {view.assignee === undefined && (
        <ParameterSelect
          name="assignee"
          label={t('consoleTools.filters.assignee')}
          size="xs"
          data={[
            any,
            { value: 'me', label: t('consoleTools.me') },
            { value: 'none', label: t('consoleTools.nobody') },
            ...admins.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
      <CustomerSelect
        label={t('consoleTools.filters.requester')}
        placeholder={t('consoleTools.any')}
        size="xs"
        clearable
        clearButtonProps={{ 'aria-label': t('consoleTools.filters.anyRequester') }}
        value={requester}
        onChoose={chooseRequester}
        comboboxProps={{ shadow: 'md', width: 260, position: 'bottom-start' }}
      />
      <ParameterSelect
        name="sort"
        label={t('consoleTools.filters.sort')}
        size="xs"
        ref={order}
        data={SORTS.map((value) => ({ value: value === 'updated' ? '' : value, label: t(`consoleTools.sorts.${value}`) }))}
      />
      {narrowings(address) > 0 && (
        <Button
          ref={focusKept}
          size="xs"
          variant="default"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() => setAddress(withoutFilters(addressNow()), { replace: true })}
        >
          {t('consoleTools.clear')}
        </Button>
      )}
    </Stack>
  );
}
