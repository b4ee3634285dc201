// All notifications, day by day, as far back as the reader asks for.
import { Badge, Group, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { FailureNotice } from '@/components/FailureNotice';
import { MoreButton } from '@/components/MoreButton';
import { Notice } from '@/components/Notice';
import { NotificationRow } from '@/features/notifications/NotificationRow';
import { firstPageOnly } from '@/features/notifications/notificationsApi';
import type { NotificationPaths } from '@/features/notifications/paths';
import { ReadAllButton } from '@/features/notifications/ReadAllButton';
import { useNotifications } from '@/features/notifications/useNotifications';
import type { SharedDispatch } from '@/realtime/listening';
import { byDay, dayText } from './days';
import classes from './NotificationList.module.css';
import { useNow } from './useNow';

interface Props {
  paths: NotificationPaths;
}

export function NotificationList({ paths }: Props) {
  const { t } = useTranslation();
  const { pages, unread, failure, hasMore, next, retry } = useNotifications();
  const days = useMemo(() => byDay(pages?.flatMap(({ items }) => items) ?? []), [pages]);
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  useFirstPageAfterwards();

  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          <Group component="span" gap="sm">
            {t('notifications.title')}
            {unread > 0 && (
              <Badge component="span" size="lg" tt="none">
                {t('notifications.unreadCount', { count: unread })}
              </Badge>
            )}
          </Group>
        </Title>
        <ReadAllButton variant="default" onDone={() => heading.current?.focus()} />
      </Group>
      {(failure || days.length === 0) && (
        <Paper withBorder radius="lg" className={classes.card}>
          {failure && <FailureNotice title={t('notifications.failed')} failure={failure} onRetry={retry} />}
          {!pages && !failure && <RowSkeletons />}
          {pages && <Notice icon={IconBell} title={t('notifications.none')} text={t('notifications.noneText')} />}
        </Paper>
      )}
      {days.map(({ start, items }) => (
        <section key={start} aria-labelledby={`day-${start}`}>
          <Title order={2} size="sm" c="dimmed" id={`day-${start}`} mb={6} px={4}>
            {dayText(t, start, now)}
          </Title>
          <Paper withBorder radius="lg" className={classes.card}>
            <ul className={classes.list}>
              {items.map((notification) => (
                <li key={notification.id}>
                  <NotificationRow notification={notification} paths={paths} />
                </li>
              ))}
            </ul>
          </Paper>
        </section>
      ))}
      {hasMore && <MoreButton next={next} label={t('notifications.more')} />}
    </Stack>
  );
}

/** The bell stays: without this it would fetch again, with every change, as many pages as were once looked at. */
function useFirstPageAfterwards(): void {
  const dispatch = useDispatch<SharedDispatch>();
  useEffect(() => () => void dispatch(firstPageOnly()), [dispatch]);
}

function RowSkeletons() {
  const { t } = useTranslation();
  return (
    <Stack p="md" gap="lg" aria-busy aria-label={t('shell.loading')} role="status">
      {[60, 45, 52, 48].map((width) => (
        <Stack key={width} gap={8}>
          <Skeleton height={14} width={`${width}%`} />
          <Skeleton height={10} width="75%" />
        </Stack>
      ))}
    </Stack>
  );
}
