// A ticket's priority as icon and word; what is pressing stands out by its colour as well.
import { Group } from '@mantine/core';
import { IconFlag3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Priority } from '@/api/types';
import { isPressing } from './priority';

export function PriorityFlag({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  return (
    <Group
      component="span"
      gap={3}
      wrap="nowrap"
      flex="none"
      fz="xs"
      fw={600}
      c={isPressing(priority) ? 'var(--mantine-color-error)' : 'dimmed'}
    >
      <IconFlag3 size={14} aria-hidden />
      {t(`tickets.priority.${priority}`)}
    </Group>
  );
}
