// What can be done with the chosen tickets, how far it is, and what became of each.
import { Anchor, Button, Group, Menu, Progress, Stack, Text } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { IconArrowBackUp, IconFlag3, IconLock, IconUser, IconX } from '@tabler/icons-react';
import { type Ref, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isFailure } from '@/api/failure';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { failureText } from '@/components/form/fieldErrors';
import { PRIORITIES } from '@/features/tickets/staff/address';
import type { Selection } from '@/features/tickets/staff/selection';
import { useAdmins } from '@/features/tickets/staff/staffApi';
import classes from './BulkBar.module.css';
import type { BulkChange, Outcome } from './run';
import { useBulk } from './useBulk';

interface Props {
  tickets: Ticket[];
  /** All rows of the list. */
  shown: Ticket[];
  selection: Selection;
  ref?: Ref<HTMLDivElement>;
}

export default function BulkBar({ tickets, shown, selection, ref }: Props) {
  const { t } = useTranslation();
  const { bulk, make, undo, putAway } = useBulk();
  const bar = useRef<HTMLDivElement>(null);
  // What was pressed goes. Taken before it does, the focus stays with what comes of it.
  const stay = () => bar.current?.focus();
  const leave = () => {
    putAway();
    selection.clear();
  };
  return (
    <div
      ref={useMergedRef(bar, ref)}
      className={classes.bar}
      role="region"
      aria-label={t('consoleTools.bulk.label')}
      data-shortcut="chosen"
      tabIndex={-1}
    >
      {bulk.phase === 'idle' && (
        <Choice
          tickets={tickets}
          shown={shown}
          selection={selection}
          onChange={(change) => {
            stay();
            make(tickets, change);
          }}
        />
      )}
      {bulk.phase === 'running' && <Running done={bulk.done} total={bulk.total} />}
      {bulk.phase === 'over' && (
        <>
          <Result outcomes={bulk.outcomes} isUndone={bulk.isUndone} />
          <Group gap="xs" mt="xs">
            {bulk.undo.length > 0 && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconArrowBackUp size={16} aria-hidden />}
                onClick={() => {
                  stay();
                  undo();
                }}
              >
                {t('consoleTools.bulk.undo')}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={leave}>
              {t('consoleTools.bulk.done')}
            </Button>
          </Group>
        </>
      )}
    </div>
  );
}

function Running({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  const text = t('consoleTools.bulk.running', { done, total });
  return (
    <div role="status">
      <Text size="sm">{text}</Text>
      <Progress mt={6} value={(100 * done) / total} aria-label={text} />
    </div>
  );
}

function Choice({
  tickets,
  shown,
  selection,
  onChange,
}: Omit<Props, 'ref'> & { onChange: (change: BulkChange) => void }) {
  const { t } = useTranslation();
  const user = useUser();
  const admins = useAdmins();
  return (
    <>
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
          onClick={() => onChange({ field: 'status', to: 'closed' })}
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
            <Menu.Item onClick={() => onChange({ field: 'assignee', to: user.id })}>{t('consoleTools.me')}</Menu.Item>
            <Menu.Item onClick={() => onChange({ field: 'assignee', to: null })}>
              {t('consoleTools.nobody')}
            </Menu.Item>
            {admins
              .filter(({ id }) => id !== user.id)
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => onChange({ field: 'assignee', to: id })}>
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
              <Menu.Item key={priority} onClick={() => onChange({ field: 'priority', to: priority })}>
                {t(`tickets.priority.${priority}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
    </>
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
