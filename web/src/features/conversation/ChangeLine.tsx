// Something that happened to the ticket.
import { Text } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCategory,
  IconFlag3,
  IconPencil,
  type TablerIcon,
  IconUserCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VisibleEntry } from '@/api/types';
import { useUser } from '@/api/useUser';
import { changeText } from '@/components/entries/changeText';
import { absoluteTime, clockTime } from '@/components/time';
import classes from './ChangeLine.module.css';

const ICONS: Partial<Record<VisibleEntry['kind'], TablerIcon>> = {
  status_changed: IconArrowsExchange,
  assigned: IconUserCheck,
  category_changed: IconCategory,
  priority_changed: IconFlag3,
  title_changed: IconPencil,
};

export function ChangeLine({ entry }: { entry: VisibleEntry }) {
  const { t } = useTranslation();
  const user = useUser();
  const Icon = ICONS[entry.kind] ?? IconPencil;
  return (
    <Text size="xs" c="dimmed" className={classes.line}>
      <Icon size={14} aria-hidden />
      <span>{changeText(t, entry, user.id)}</span>
      <time dateTime={entry.created_at} title={absoluteTime(entry.created_at)}>
        {clockTime(entry.created_at)}
      </time>
    </Text>
  );
}
