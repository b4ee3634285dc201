// Tickets by category or by assignee, in the order that the reader chooses.
import { Box, Table, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountCell } from './AmountCell';
import { durationText } from './duration';
import { Section } from './Section';
import { type Column, type GroupRow, type Order, orderAfter, sorted } from './sorting';
import classes from './tables.module.css';

interface Props {
  title: string;
  /** What the rows are. */
  nameColumn: string;
  rows: GroupRow[];
}

const FIGURES = ['opened', 'closed'] as const;
const TIMES = ['firstResponse', 'resolution'] as const;

export function GroupTable({ title, nameColumn, rows }: Props) {
  const { t } = useTranslation();
  const titleId = useId();
  const [order, setOrder] = useState<Order>({ by: 'opened', isDescending: true });
  const most = Math.max(0, ...rows.flatMap(({ opened, closed }) => [opened, closed]));
  const head = (column: Column, text: string) => (
    <SortedBy column={column} text={text} order={order} onSort={() => setOrder(orderAfter(column, order))} />
  );
  return (
    <Section labelledBy={titleId}>
      <Title order={3} id={titleId}>
        {title}
      </Title>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('dashboard.groups.none')}</Text>
      ) : (
        <>
          {/* What scrolls must be reachable by keyboard. */}
          <Box className={classes.scrolls} tabIndex={0} role="group" aria-labelledby={titleId}>
            <Table aria-labelledby={titleId} className={classes.table}>
              <Table.Thead>
                <Table.Tr>
                  {head('name', nameColumn)}
                  {FIGURES.map((figure) => head(figure, t(`dashboard.period.${figure}`)))}
                  {TIMES.map((time) => head(time, t(`dashboard.groups.${time}`)))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {sorted(rows, order).map((row) => (
                  <Table.Tr key={row.key}>
                    <Table.Th scope="row">{row.name}</Table.Th>
                    {FIGURES.map((figure) => (
                      <AmountCell key={figure} amount={row[figure]} most={most} />
                    ))}
                    {TIMES.map((time) => (
                      <Table.Td key={time} className={classes.figure}>
                        {row[time] === null ? t('dashboard.groups.unknown') : durationText(t, row[time])}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Box>
          <Text size="xs" c="dimmed" mt="xs">
            {t('dashboard.groups.medians')}
          </Text>
        </>
      )}
    </Section>
  );
}

interface HeadProps {
  column: Column;
  text: string;
  order: Order;
  onSort: () => void;
}

function SortedBy({ column, text, order: { by, isDescending }, onSort }: HeadProps) {
  const isChosen = by === column;
  const Icon = isChosen ? (isDescending ? IconArrowDown : IconArrowUp) : IconArrowsSort;
  return (
    <Table.Th
      key={column}
      scope="col"
      className={column === 'name' ? undefined : classes.figure}
      aria-sort={isChosen ? (isDescending ? 'descending' : 'ascending') : undefined}
    >
      <UnstyledButton className={classes.sort} data-chosen={isChosen || undefined} onClick={onSort}>
        {text}
        <Icon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
