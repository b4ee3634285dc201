// How many tickets are in each status now, with the way to them.
import { Table, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StatsView } from '@/api/types';
import { StatusBadge } from '@/components/StatusBadge';
import { AmountCell } from './AmountCell';
import { Section } from './Section';
import classes from './tables.module.css';

export function StatusTable({ counts }: { counts: StatsView['by_status'] }) {
  const { t } = useTranslation();
  const titleId = useId();
  const most = Math.max(0, ...counts.map(({ count }) => count));
  return (
    <Section labelledBy={titleId}>
      <Title order={3} id={titleId}>
        {t('dashboard.status.title')}
      </Title>
      <Table aria-labelledby={titleId} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('dashboard.status.column')}</Table.Th>
            <Table.Th scope="col" className={classes.figure}>
              {t('dashboard.status.count')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {counts.map(({ status, count }) => (
            <Table.Tr key={status}>
              <Table.Th scope="row">
                <Link to={`/admin?view=all&status=${status}`} className={classes.link}>
                  <StatusBadge status={status} />
                </Link>
              </Table.Th>
              <AmountCell amount={count} most={most} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
