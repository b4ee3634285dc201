// What narrows the list, and its order. All of it is in the address.
import { Button, NativeSelect, Stack } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ListQuery } from '@/features/tickets/listQuery';
import { useListCategoriesQuery } from '@/features/tickets/ticketsApi';
import { FILTERS, narrowings, PRIORITIES, SORTS, STATUSES, viewIn, VIEWS, withParameter } from './address';
import { useAdmins } from './staffApi';

export default function Filters() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { data: categories } = useListCategoriesQuery();
  const admins = useAdmins();
  const view: ListQuery = VIEWS[viewIn(address)];

  const any = { value: '', label: t('consoleTools.any') };
  const choose = (name: string) => ({
    label: t(`consoleTools.filters.${name as 'status'}`),
    size: 'xs' as const,
    value: address.get(name) ?? '',
    onChange: ({ currentTarget }: { currentTarget: HTMLSelectElement }) =>
      setAddress(withParameter(address, name, currentTarget.value), { replace: true }),
  });
  const statuses = view.status ?? STATUSES;

  return (
    <Stack gap="xs" mt="md" px={10}>
      {statuses.length > 1 && (
        <NativeSelect
          {...choose('status')}
          data={[any, ...statuses.map((value) => ({ value, label: t(`tickets.status.${value}`) }))]}
        />
      )}
      <NativeSelect
        {...choose('priority')}
        data={[any, ...PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))]}
      />
      <NativeSelect
        {...choose('category')}
        data={[any, ...(categories?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))]}
      />
      {view.assignee === undefined && (
        <NativeSelect
          {...choose('assignee')}
          data={[
            any,
            { value: 'me', label: t('consoleTools.me') },
            { value: 'none', label: t('consoleTools.nobody') },
            ...admins.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
      <NativeSelect
        {...choose('sort')}
        data={SORTS.map((value) => ({ value: value === 'updated' ? '' : value, label: t(`consoleTools.sorts.${value}`) }))}
      />
      {narrowings(address) > 0 && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilterOff size={16} aria-hidden />}
          onClick={() =>
            setAddress(
              FILTERS.reduce((rest, name) => withParameter(rest, name, ''), address),
              { replace: true },
            )
          }
        >
          {t('consoleTools.clear')}
        </Button>
      )}
    </Stack>
  );
}
