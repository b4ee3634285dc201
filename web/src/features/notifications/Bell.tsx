// The bell: how many notifications are unread, and what the latest are.
import { ActionIcon, Group, Indicator, Popover, Text, Title } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnreadInTitle } from '@/components/documentTitle';
import { FailureNotice } from '@/components/FailureNotice';
import { useUnreadInFavicon } from '@/components/favicon';
import { LinkButton } from '@/components/LinkButton';
import classes from './Bell.module.css';
import { NotificationRow } from './NotificationRow';
import { useReadElsewhere } from './otherTabs';
import type { NotificationPaths } from './paths';
import { ReadAllButton } from './ReadAllButton';
import { useNotifications } from './useNotifications';

/** The others are on the page. */
const SHOWN = 20;

/** Mantine's toasts are at 400. */
const ABOVE_TOASTS = 401;

interface Props {
  /** The page with all of them. */
  allPath: string;
  paths: NotificationPaths;
}

export function Bell({ allPath, paths }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { pages, unread, failure, retry } = useNotifications();
  // Live ones come on top of what was loaded.
  const latest = pages?.[0]?.items.slice(0, SHOWN) ?? [];
  const heading = useRef<HTMLHeadingElement>(null);
  useUnreadInTitle(unread);
  useUnreadInFavicon(unread > 0);
  useReadElsewhere();

  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      width={360}
      shadow="md"
      zIndex={ABOVE_TOASTS}
      trapFocus
      returnFocus
    >
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
          <Title order={2} size="h2" ref={heading} data-autofocus tabIndex={-1} style={{ outline: 'none' }}>
            {t('notifications.title')}
          </Title>
          <ReadAllButton variant="subtle" size="compact-sm" onDone={() => heading.current?.focus()} />
        </Group>
        {failure && <FailureNotice title={t('notifications.failed')} failure={failure} onRetry={retry} />}
        {pages && latest.length === 0 && (
          <Text c="dimmed" px="md" pb="md" size="sm">
            {t('notifications.empty')}
          </Text>
        )}
        {latest.length > 0 && (
          <ul className={classes.list}>
            {latest.map((notification) => (
              <li key={notification.id}>
                <NotificationRow
                  notification={notification}
                  paths={paths}
                  onChoose={() => setOpen(false)}
                />
              </li>
            ))}
          </ul>
        )}
        <div className={classes.footer}>
          <LinkButton to={allPath} variant="subtle" size="sm" fullWidth onClick={() => setOpen(false)}>
            {t('notifications.all')}
          </LinkButton>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
