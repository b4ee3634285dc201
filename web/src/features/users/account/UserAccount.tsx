// The account itself, its role, and whether it may sign in.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '@/api/types';
import { useUser } from '@/api/useUser';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { DoneNotice } from '@/components/DoneNotice';
import { RelativeTime } from '@/components/RelativeTime';
import { Section } from '@/components/Section';
import { RoleBadge, StateBadge } from '@/features/users/AccountBadges';
import { useUpdateUserMutation } from '@/features/users/usersApi';
import { type Change, changesOf, questionOf, REQUESTS } from './change';

export function UserAccount({ account }: { account: Account }) {
  const { t } = useTranslation();
  const user = useUser();
  const [updateUser] = useUpdateUserMutation();
  const [asked, ask] = useState<Change | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [role, state] = changesOf(account);
  const isOwn = account.id === user.id;

  const confirm = async () => {
    if (asked === null) return null;
    setDone(null);
    const { error } = await updateUser({ id: account.id, request: REQUESTS[asked] });
    if (error) return error;
    ask(null);
    setDone(t(`users.change.${asked}.done`, { name: account.name }));
    return null;
  };

  return (
    <Section title={t('users.account.title')}>
      <Stack gap="md">
        <Group gap="xs">
          <RoleBadge account={account} />
          <StateBadge account={account} />
          {isOwn && (
            <Text size="sm" c="dimmed">
              {t('users.account.own')}
            </Text>
          )}
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {account.email}
          <br />
          <Text span c="dimmed" inherit>
            {t('users.since')} <RelativeTime at={account.created_at} />
            {account.disabled_at && (
              <>
                {' · '}
                {t('users.account.disabledSince')} <RelativeTime at={account.disabled_at} />
              </>
            )}
          </Text>
        </Text>
        {/* In one, so that a region without words takes no room. */}
        <div>
          <Group gap="sm" mb={done ? 'sm' : 0}>
            <Button variant="default" onClick={() => ask(role)}>
              {t(`users.change.${role}.action`)}
            </Button>
            <Button variant="default" onClick={() => ask(state)}>
              {t(`users.change.${state}.action`)}
            </Button>
          </Group>
          <DoneNotice text={done} />
        </div>
      </Stack>
      <ConfirmDialog
        question={asked && questionOf(t, asked, account, isOwn)}
        onConfirm={confirm}
        onClose={() => ask(null)}
      />
    </Section>
  );
}
