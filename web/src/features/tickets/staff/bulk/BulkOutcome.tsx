// How far a change of many tickets is, and what became of each.
import { Anchor, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { IconArrowBackUp, IconRefresh } from '@tabler/icons-react';
import { type Ref, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isFailure } from '@/api/failure';
import { failureText } from '@/components/form/fieldErrors';
import classes from './Bulk.module.css';
import type { Outcome } from './run';
import { type BulkState, useBulk } from './useBulk';

interface Props {
  bulk: BulkState;
  onBulk: (state: BulkState) => void;
  /** The query of the address, which a ticket keeps. */
  search: string;
  ref?: Ref<HTMLDivElement>;
}

export default function BulkOutcome({ bulk, onBulk, search, ref }: Props) {
  const { t } = useTranslation();
  const { retry, undo } = useBulk(onBulk);
  const bar = useRef<HTMLDivElement>(null);
  const stay = () => bar.current?.focus();
  const isRunning = bulk.phase === 'running';
  // What was pressed has gone. The focus goes to what comes of it, unless it is elsewhere by now.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === document.body || focused?.matches('[data-shortcut="list"]')) bar.current?.focus();
  }, [isRunning]);
  return (
    <div
      ref={useMergedRef(bar, ref)}
      className={classes.bar}
      role="region"
      aria-label={t('consoleTools.bulk.outcome')}
      data-shortcut="chosen"
      tabIndex={-1}
    >
      {bulk.phase === 'running' && <Running done={bulk.done} total={bulk.total} />}
      <div role="status">
        {bulk.phase === 'over' && <Result outcomes={bulk.outcomes} isUndone={bulk.isUndone} search={search} />}
      </div>
      {bulk.phase === 'over' && (
        <Group gap="xs" mt="xs">
          {bulk.again.length > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={() => {
                stay();
                retry(bulk);
              }}
            >
              {t('shell.retry')}
            </Button>
          )}
          {bulk.undo.length > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => {
                stay();
                undo(bulk);
              }}
            >
              {t('consoleTools.bulk.undo')}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => onBulk({ phase: 'idle' })}>
            {t('consoleTools.bulk.done')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function Running({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  const text = t('consoleTools.bulk.running', { done, total });
  return (
    <>
      <Text size="sm">{text}</Text>
      <Progress mt={6} value={(100 * done) / total} aria-label={text} />
    </>
  );
}

function Result({ outcomes, isUndone, search }: { outcomes: Outcome[]; isUndone: boolean; search: string }) {
  const { t } = useTranslation();
  const failed = outcomes.flatMap((outcome) => (outcome.ticket === null ? [outcome] : []));
  const count = outcomes.length - failed.length;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {isUndone ? t('consoleTools.bulk.undone', { count }) : t('consoleTools.bulk.changed', { count })}
      </Text>
      {failed.map(({ item: { ticket }, failure }) => (
        <Text key={ticket.id} size="sm" c="var(--mantine-color-error)">
          <Anchor component={Link} to={{ pathname: `/admin/tickets/${ticket.id}`, search }} inherit>
            {t('tickets.number', { id: ticket.id })}
          </Anchor>{' '}
          {isFailure(failure) && failure.code === 'stale' ? t('consoleTools.bulk.stale') : failureText(t, failure)}
        </Text>
      ))}
    </Stack>
  );
}
