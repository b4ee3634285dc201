// The bell: how many notifications are unread, and what they are.
import { ActionIcon, Button, Group, Indicator, Popover, ScrollArea, Text, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnreadInTitle } from '@/components/documentTitle';
import { FailureNotice } from '@/components/FailureNotice';
import { NotificationRow } from './NotificationRow';
import { useListNotificationsQuery, useReadNotificationsMutation } from './notificationsApi';

interface Props {
  ticketPath: (ticketId: number) => string;
}

export function Bell({ ticketPath }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useListNotificationsQuery();
  const [readAll, { isLoading }] = useReadNotificationsMutation();
  const unread = data?.unread ?? 0;
  const items = data?.items ?? [];
  const unreadIds = items.filter(({ read_at }) => read_at == null).map(({ id }) => id);
  useUnreadInTitle(unread);

  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={360} shadow="md" trapFocus returnFocus>
      <Indicator label={unread > 99 ? '99+' : unread} disabled={unread === 0} size={18} offset={5} color="red.8">
        <Popover.Target>
          <ActionIcon
            aria-label={unread > 0 ? t('notifications.bellUnread', { count: unread }) : t('notifications.bell')}
            onClick={() => setOpen(!isOpen)}
          >
            <IconBell size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('notifications.title')}>
        <Group justify="space-between" px="md" py="xs">
          <Title order={2} size="h2" data-autofocus tabIndex={-1} style={{ outline: 'none' }}>
            {t('notifications.title')}
          </Title>
          {unreadIds.length > 0 && (
            <Button variant="subtle" size="compact-sm" loading={isLoading} onClick={() => void readAll(unreadIds)}>
              {t('notifications.readAll')}
            </Button>
          )}
        </Group>
        {error && !data && (
          <FailureNotice title={t('notifications.failed')} failure={error} onRetry={() => void refetch()} />
        )}
        {data && items.length === 0 && (
          <Text c="dimmed" px="md" pb="md" size="sm">
            {t('notifications.empty')}
          </Text>
        )}
        {items.length > 0 && (
          <ScrollArea.Autosize mah="min(60dvh, 28rem)" viewportProps={{ tabIndex: -1 }}>
            <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {items.map((notification) => (
                <li key={notification.id}>
                  <NotificationRow
                    notification={notification}
                    path={notification.ticket ? ticketPath(notification.ticket.id) : null}
                    onChoose={() => setOpen(false)}
                  />
                </li>
              ))}
            </ul>
          </ScrollArea.Autosize>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
