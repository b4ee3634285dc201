// What a ticket is sorted under, to be changed. What is chosen shows at once; a refusal puts it back.
import { Loader, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Priority, Ticket } from '@/api/types';
import { PRIORITIES } from '@/features/tickets/staff/address';
import type { Change, Changes } from '@/features/tickets/staff/changes';
import { useAdmins } from '@/features/tickets/staff/staffApi';
import { useListCategoriesQuery } from '@/features/tickets/ticketsApi';

interface Props {
  ticket: Ticket;
  changes: Changes;
  onChange: (change: Change) => void;
}

const idOf = (text: string) => (text === '' ? null : Number(text));

export function TicketProperties({ ticket, changes, onChange }: Props) {
  const { t } = useTranslation();
  const { data: categories } = useListCategoriesQuery();
  const admins = useAdmins();

  const shown = (field: 'assignee' | 'category' | 'priority', is: number | string | null) => {
    const { underWay } = changes[field];
    return {
      size: 'xs' as const,
      value: String((underWay && underWay.field === field ? underWay.to : is) ?? ''),
      'aria-busy': underWay !== null,
      rightSection: underWay ? <Loader size={14} /> : undefined,
    };
  };
  const people = admins.map(({ id, name }) => ({ value: String(id), label: name }));
  // Also who is no admin any more, and categories that are retired, while they are set.
  const keep = (options: { value: string; label: string }[], set: { id: number; name: string } | null) =>
    set && !options.some(({ value }) => value === String(set.id))
      ? [...options, { value: String(set.id), label: set.name }]
      : options;
  const kinds = (categories?.items ?? [])
    .filter(({ retired }) => !retired)
    .map(({ id, name }) => ({ value: String(id), label: name }));

  return (
    <Stack gap="xs">
      <NativeSelect
        {...shown('assignee', ticket.assignee?.id ?? null)}
        label={t('consoleTools.filters.assignee')}
        data={[{ value: '', label: t('consoleTools.nobody') }, ...keep(people, ticket.assignee)]}
        onChange={({ currentTarget }) => onChange({ field: 'assignee', to: idOf(currentTarget.value) })}
      />
      <NativeSelect
        {...shown('priority', ticket.priority)}
        label={t('consoleTools.filters.priority')}
        data={PRIORITIES.map((value) => ({ value, label: t(`tickets.priority.${value}`) }))}
        onChange={({ currentTarget }) => onChange({ field: 'priority', to: currentTarget.value as Priority })}
      />
      <NativeSelect
        {...shown('category', ticket.category?.id ?? null)}
        label={t('consoleTools.filters.category')}
        data={[{ value: '', label: t('consoleTools.details.noCategory') }, ...keep(kinds, ticket.category)]}
        onChange={({ currentTarget }) => onChange({ field: 'category', to: idOf(currentTarget.value) })}
      />
    </Stack>
  );
}
