// What can be done with the chosen tickets.
import { Button, Group, Menu, Text } from '@mantine/core';
import { IconFlag3, IconLock, IconUser, IconX } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { PRIORITIES } from '@/features/tickets/staff/address';
import type { Selection } from '@/features/tickets/staff/selection';
import { useAdmins } from '@/features/tickets/staff/staffApi';
import classes from './Bulk.module.css';
import type { BulkChange } from './run';
import { type BulkState, useBulk } from './useBulk';

interface Props {
  tickets: Ticket[];
  /** All rows of the list. */
  shown: Ticket[];
  selection: Selection;
  onBulk: (state: BulkState) => void;
  ref?: Ref<HTMLDivElement>;
}

export default function BulkChoice({ tickets, shown, selection, onBulk, ref }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const admins = useAdmins();
  const { make } = useBulk(onBulk);
  const change = (wish: BulkChange) => {
    make(tickets, wish);
    selection.clear();
  };
  return (
    <div
      ref={ref}
      className={classes.bar}
      role="region"
      aria-label={t('consoleTools.bulk.label')}
      data-shortcut="chosen"
      tabIndex={-1}
    >
      <Group gap="xs" justify="space-between">
        <Text size="sm" fw={600} role="status">
          {t('consoleTools.bulk.chosen', { count: tickets.length })}
        </Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="subtle" onClick={() => selection.chooseAll(shown)}>
            {t('consoleTools.bulk.all', { count: shown.length })}
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={selection.clear}
          >
            {t('consoleTools.bulk.none')}
          </Button>
        </Group>
      </Group>
      <Group gap="xs" mt={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLock size={16} aria-hidden />}
          onClick={() => change({ field: 'status', to: 'closed' })}
        >
          {t('consoleTools.bulk.close')}
        </Button>
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconUser size={16} aria-hidden />}>
              {t('consoleTools.bulk.assign')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            <Menu.Item onClick={() => change({ field: 'assignee', to: user.id })}>{t('consoleTools.me')}</Menu.Item>
            <Menu.Item onClick={() => change({ field: 'assignee', to: null })}>
              {t('consoleTools.nobody')}
            </Menu.Item>
            {admins
              .filter(({ id }) => id !== user.id)
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => change({ field: 'assignee', to: id })}>
                  {name}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
        <Menu position="top-start">
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconFlag3 size={16} aria-hidden />}>
              {t('consoleTools.bulk.priority')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {PRIORITIES.map((priority) => (
              <Menu.Item key={priority} onClick={() => change({ field: 'priority', to: priority })}>
                {t(`tickets.priority.${priority}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}
