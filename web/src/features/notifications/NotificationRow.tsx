// A notification in a list, and the way to its ticket.
import { Box, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notification } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';
import classes from './NotificationRow.module.css';
import { notificationText } from './words';

interface Props {
  notification: Notification;
  /** Null when it leads nowhere. */
  path: string | null;
  onChoose?: () => void;
}

export function NotificationRow({ notification, path, onChoose }: Props) {
  const { t } = useTranslation();
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
