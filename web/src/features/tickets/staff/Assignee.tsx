// Who handles a ticket, and the way to take it.
import { Button, Group, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';

interface Props {
  ticket: Ticket;
  isMine: boolean;
  isBusy: boolean;
  onTake: () => void;
}

export function Assignee({ ticket: { assignee }, isMine, isBusy, onTake }: Props) {
  const { t } = useTranslation();
  if (isMine) return <Text size="sm">{t('console.assignedToMe')}</Text>;
  return (
    <Group gap="xs">
      {assignee && <Text size="sm">{t('console.assignee', { name: assignee.name })}</Text>}
      <Button
        variant="default"
        size="sm"
        loading={isBusy}
        onClick={onTake}
        leftSection={<IconUserCheck size={18} aria-hidden />}
      >
        {t('console.assignToMe')}
      </Button>
    </Group>
  );
}
