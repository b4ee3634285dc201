// What was opened and closed in the course of the period: as a chart, or as the table that says the same.
import { Group, Switch, Table, Text, Title } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatsView } from '@/api/types';
import { forEver, keep, kept } from '@/components/kept';
import { type Activity, activityOf, peakOf } from './activity';
import { ActivityChart } from './ActivityChart';
import { numberText, spanText } from './days';
import { Section } from './Section';
import classes from './tables.module.css';

const KEPT_AS = 'deskwire.dashboard.asTable';

export function ActivitySection({ stats: { days, totals } }: { stats: StatsView }) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(() => kept(forEver, KEPT_AS) === 'yes');
  const titleId = useId();
  const activity = activityOf(days);
  const isByDay = activity.length === days.length;
  const peak = peakOf(activity);
  const title = isByDay ? t('dashboard.activity.days') : t('dashboard.activity.weeks');
  const choose = (isChosen: boolean) => {
    setTable(isChosen);
    keep(forEver, KEPT_AS, isChosen ? 'yes' : null);
  };
  return (
    <Section labelledBy={titleId}>
      <Group justify="space-between" gap="xs">
        <Title order={3} id={titleId}>
          {title}
        </Title>
        <Switch
          size="sm"
          label={t('dashboard.activity.asTable')}
          checked={isTable}
          onChange={({ currentTarget }) => choose(currentTarget.checked)}
        />
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('dashboard.activity.summary', { opened: numberText(totals.opened), closed: numberText(totals.closed) })}{' '}
        {peak &&
          t('dashboard.activity.peak', { when: spanText(peak.from, peak.to), most: numberText(peak.opened) })}
      </Text>
      {isTable ? <ActivityTable activity={activity} isByDay={isByDay} title={title} /> : <ActivityChart activity={activity} />}
    </Section>
  );
}

interface Props {
  activity: Activity[];
  isByDay: boolean;
  title: string;
}

function ActivityTable({ activity, isByDay, title }: Props) {
  const { t } = useTranslation();
  return (
    <Table aria-label={title} className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{isByDay ? t('dashboard.activity.dayColumn') : t('dashboard.activity.weekColumn')}</Table.Th>
          <Table.Th scope="col" className={classes.figure}>
            {t('dashboard.period.opened')}
          </Table.Th>
          <Table.Th scope="col" className={classes.figure}>
            {t('dashboard.period.closed')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {activity.map(({ from, to, opened, closed }) => (
          <Table.Tr key={from}>
            <Table.Th scope="row">{spanText(from, to)}</Table.Th>
            <Table.Td className={classes.figure}>{numberText(opened)}</Table.Td>
            <Table.Td className={classes.figure}>{numberText(closed)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
