// People as a table, or as cards where that has no room. Each leads to the account.
import { Group, Paper, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Account } from '@/api/types';
import { useUser } from '@/api/useUser';
import { RelativeTime } from '@/components/RelativeTime';
import { RoleBadge, StateBadge } from './AccountBadges';
import classes from './PeopleRows.module.css';

interface Props {
  accounts: Account[];
  /** These were found before; others are on their way. */
  isBusy: boolean;
}

export function PeopleRows({ accounts, isBusy }: Props) {
  const hasRoom = useMediaQuery('(min-width: 56em)', undefined, { getInitialValueInEffect: false });
  return (
    <Paper withBorder radius="lg" className={classes.frame} aria-busy={isBusy} data-busy={isBusy || undefined}>
      {hasRoom ? <Table accounts={accounts} /> : <Cards accounts={accounts} />}
    </Paper>
  );
}

function Table({ accounts }: { accounts: Account[] }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table} aria-label={t('users.title')}>
      <thead>
        <tr>
          <th scope="col">{t('users.name')}</th>
          <th scope="col">{t('users.email')}</th>
          <th scope="col">{t('users.filters.role')}</th>
          <th scope="col">{t('users.filters.state')}</th>
          <th scope="col">{t('users.since')}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id} className={classes.row}>
            <th scope="row">
              <Name account={account} />
            </th>
            <td>{account.email}</td>
            <td>
              <RoleBadge account={account} />
            </td>
            <td>
              <StateBadge account={account} />
            </td>
            <td className={classes.since}>
              <RelativeTime at={account.created_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ accounts }: { accounts: Account[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.cards} aria-label={t('users.title')}>
      {accounts.map((account) => (
        <li key={account.id} className={classes.row}>
          <Name account={account} />
          <Text size="sm" c="dimmed">
            {account.email}
          </Text>
          <Group gap={6} mt={6}>
            <RoleBadge account={account} />
            <StateBadge account={account} />
            <Text size="xs" c="dimmed">
              {t('users.since')} <RelativeTime at={account.created_at} />
            </Text>
          </Group>
        </li>
      ))}
    </ul>
  );
}

function Name({ account: { id, name } }: { account: Account }) {
  const { t } = useTranslation();
  const user = useUser();
  const { search } = useLocation();
  return (
    // The way back leads to the same list.
    <Link to={`/admin/users/${id}`} state={{ list: search }} className={classes.name}>
      {id === user.id ? t('users.you', { name }) : name}
    </Link>
  );
}
