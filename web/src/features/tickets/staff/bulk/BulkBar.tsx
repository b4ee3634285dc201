// What can be done with the chosen tickets, how far it is, and what became of each.
import { Anchor, Button, Group, Menu, Progress, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconFlag3, IconLock, IconUser, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isFailure } from '@/api/failure';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { failureText } from '@/components/form/fieldErrors';
import { PRIORITIES } from '@/features/tickets/staff/address';
import type { Selection } from '@/features/tickets/staff/selection';
import { useListAdminsQuery } from '@/features/tickets/staff/staffApi';
import classes from './BulkBar.module.css';
import type { Outcome } from './run';
import { useBulk } from './useBulk';

interface Props {
  tickets: Ticket[];
  /** All rows of the list. */
  shown: Ticket[];
  selection: Selection;
}

export default function BulkBar({ tickets, shown, selection }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const { data: admins } = useListAdminsQuery();
  const { bulk, make, undo, putAway } = useBulk();

  if (bulk.phase === 'running') {
    return (
      <div className={classes.bar} role="status">
        <Text size="sm">{t('consoleTools.bulk.running', { done: bulk.done, total: bulk.total })}</Text>
        <Progress
          mt={6}
          value={(100 * bulk.done) / bulk.total}
          aria-label={t('consoleTools.bulk.running', { done: bulk.done, total: bulk.total })}
        />
      </div>
    );
  }

  if (bulk.phase === 'over') {
    const leave = () => {
      putAway();
      selection.clear();
    };
    return (
      <div className={classes.bar}>
        <Result outcomes={bulk.outcomes} isUndone={bulk.isUndone} />
        <Group gap="xs" mt="xs">
          {bulk.undo.length > 0 && (
            <Button size="xs" variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={undo}>
              {t('consoleTools.bulk.undo')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={leave}>
            {t('consoleTools.bulk.done')}
          </Button>
        </Group>
      </div>
    );
  }

  return (
    <div className={classes.bar} role="region" aria-label={t('consoleTools.bulk.label')}>
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
          onClick={() => make(tickets, { field: 'status', to: 'closed' })}
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
            <Menu.Item onClick={() => make(tickets, { field: 'assignee', to: user.id })}>{t('consoleTools.me')}</Menu.Item>
            <Menu.Item onClick={() => make(tickets, { field: 'assignee', to: null })}>
              {t('consoleTools.nobody')}
            </Menu.Item>
            {(admins?.items ?? [])
              .filter(({ id }) => id !== user.id)
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => make(tickets, { field: 'assignee', to: id })}>
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
              <Menu.Item key={priority} onClick={() => make(tickets, { field: 'priority', to: priority })}>
                {t(`tickets.priority.${priority}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </div>
  );
}

function Result({ outcomes, isUndone }: { outcomes: Outcome[]; isUndone: boolean }) {
  const { t } = useTranslation();
  const failed = outcomes.flatMap((outcome) => (outcome.ticket === null ? [outcome] : []));
  const count = outcomes.length - failed.length;
  return (
    <Stack gap={4} role="status">
      <Text size="sm" fw={600}>
        {isUndone ? t('consoleTools.bulk.undone', { count }) : t('consoleTools.bulk.changed', { count })}
      </Text>
      {failed.map(({ item: { ticket }, failure }) => (
        <Text key={ticket.id} size="sm" c="var(--mantine-color-error)">
          <Anchor component={Link} to={`/admin/tickets/${ticket.id}`} inherit>
            {t('tickets.number', { id: ticket.id })}
          </Anchor>{' '}
          {isFailure(failure) && failure.code === 'stale' ? t('consoleTools.bulk.stale') : failureText(t, failure)}
        </Text>
      ))}
    </Stack>
  );
}
