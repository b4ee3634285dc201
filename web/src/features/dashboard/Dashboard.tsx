// How the desk is doing, at a glance: now, and in a period beside the one before.
import '@mantine/core/styles/Table.css';
import { Button, Group, Text, Title } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { StatsView } from '@/api/types';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { clockTime } from '@/components/time';
import { useFocusOnArrival } from '@/components/useFocusOnArrival';
import { ActivitySection } from './ActivitySection';
import { AlertHistory } from './AlertHistory';
import classes from './Dashboard.module.css';
import { DashboardSkeleton } from './DashboardSkeleton';
import { spanText } from './days';
import { Groups } from './Groups';
import { NowFigures } from './NowFigures';
import { periodOf, rangeIn } from './period';
import { PeriodFigures } from './PeriodFigures';
import { PeriodPicker } from './PeriodPicker';
import { StatusTable } from './StatusTable';
import { isEmptyDesk, useStats } from './useStats';
import { useToday } from './useToday';

export function Dashboard() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const { shown, before, at, isOnItsWay, failure, retry } = useStats(periodOf(rangeIn(address), useToday()));
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusOnArrival(heading);
  return (
    <>
      <Group justify="space-between" align="end" mb="lg">
        <Title order={1} ref={heading} tabIndex={-1}>
          {t('dashboard.title')}
        </Title>
        <PeriodPicker />
      </Group>
      {shown ? (
        <div className={classes.parts} data-old={isOnItsWay || undefined} aria-busy={isOnItsWay}>
          {failure !== null && <NotRefreshed onRetry={retry} />}
          <Figures stats={shown} before={before} />
          {at !== undefined && (
            <Text size="xs" c="dimmed">
              {t('dashboard.asOf', { time: clockTime(new Date(at).toISOString()) })}
            </Text>
          )}
        </div>
      ) : failure !== null && !isOnItsWay ? (
        <FailureNotice title={t('dashboard.failed')} failure={failure} onRetry={retry} />
      ) : (
        <DashboardSkeleton />
      )}
    </>
  );
}

function Figures({ stats, before }: { stats: StatsView; before: StatsView | undefined }) {
  const { t } = useTranslation();
  const nowId = useId();
  const periodId = useId();
  const isIdle = stats.totals.opened === 0 && stats.totals.closed === 0 && stats.resolution.count === 0;
  if (isEmptyDesk(stats)) {
    return <Notice icon={IconChartBar} title={t('dashboard.emptyDesk')} text={t('dashboard.emptyDeskText')} />;
  }
  return (
    <>
      <section className={classes.part} aria-labelledby={nowId}>
        <Title order={2} id={nowId}>
          {t('dashboard.now.title')}
        </Title>
        <NowFigures totals={stats.totals} />
      </section>
      <section className={classes.part} aria-labelledby={periodId}>
        <Group gap="xs" align="baseline">
          <Title order={2} id={periodId}>
            {spanText(stats.from, stats.to)}
          </Title>
          {before && (
            <Text size="sm" c="dimmed">
              {t('dashboard.period.compared', { period: spanText(before.from, before.to) })}
            </Text>
          )}
        </Group>
        {isIdle ? (
          <Notice icon={IconChartBar} title={t('dashboard.empty')} text={t('dashboard.emptyText')} />
        ) : (
          <PeriodFigures stats={stats} before={before} />
        )}
        <div className={classes.pair} data-uneven>
          {!isIdle && <ActivitySection stats={stats} />}
          <StatusTable counts={stats.by_status} />
        </div>
        {!isIdle && (
          <div className={classes.pair}>
            <Groups stats={stats} />
          </div>
        )}
        <AlertHistory />
      </section>
    </>
  );
}

function NotRefreshed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" role="alert">
      <Text size="sm" c="var(--mantine-color-error)">
        {t('dashboard.notRefreshed')}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('shell.retry')}
      </Button>
    </Group>
  );
}
