// A notification in a list, and the way to its ticket.
import { Box, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notification } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';
import classes from './NotificationRow.module.css';
import { type NotificationPaths, pathOf } from './paths';
import { notificationText } from './words';

interface Props {
  notification: Notification;
  paths: NotificationPaths;
  onChoose?: () => void;
}

export function NotificationRow({ notification, paths, onChoose }: Props) {
  const { t } = useTranslation();
  const path = pathOf(notification, paths);
  const isUnread = notification.read_at == null;
  const content = (
    <>
      <Text size="sm" fw={isUnread ? 650 : undefined}>
        {isUnread && (
          <>
            <span className={classes.dot} aria-hidden />
            <VisuallyHidden>{t('notifications.unread')} </VisuallyHidden>
          </>
        )}
        {notificationText(t, notification)}
      </Text>
      {notification.ticket && (
        <Text size="sm" truncate>
          {notification.ticket.title}
        </Text>
      )}
      <Box fz="xs" c="dimmed">
        <RelativeTime at={notification.created_at} />
      </Box>
    </>
  );
  if (path === null) return <div className={classes.row}>{content}</div>;
  return (
    <Link to={path} className={classes.row} onClick={onChoose}>
      {content}
    </Link>
  );
}
