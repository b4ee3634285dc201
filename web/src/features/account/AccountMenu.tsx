// Who one is, the way to the account's page, and the way out.
import { ActionIcon, Avatar, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLogout, IconUserCog } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useUser } from '@/api/useUser';
import { failureText } from '@/components/form/fieldErrors';
import { useLeave } from './useLeave';

export function AccountMenu({ accountPath }: { accountPath: string }) {
  const { t } = useTranslation();
  const user = useUser();
  const leave = useLeave();

  const signOut = async () => {
    const failure = await leave();
    if (failure) {
      notifications.show({ color: 'red', title: t('account.signOutFailed'), message: failureText(t, failure) });
    }
  };

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon radius="xl" aria-label={t('account.menu', { name: user.name })}>
          <Avatar name={user.name} color="pine" size={32} variant="filled" alt="" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {user.name}
          </Text>
          <Text size="xs" truncate>
            {user.email}
          </Text>
          <Text size="xs">{t(`account.role.${user.role}`)}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to={accountPath} leftSection={<IconUserCog size={16} aria-hidden />}>
          {t('account.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
