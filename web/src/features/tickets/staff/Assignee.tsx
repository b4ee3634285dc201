// Who handles a ticket, and the way to take it.
import { Group, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { BusyButton } from '@/components/BusyButton';

interface Props {
  ticket: Ticket;
  isMine: boolean;
  isBusy: boolean;
  onTake: () => void;
  /** Of the part that goes once it is taken. */
  ref?: Ref<HTMLDivElement>;
}

export function Assignee({ ticket: { assignee }, isMine, isBusy, onTake, ref }: Props) {
  const { t } = useTranslation();
  if (isMine) return <Text size="sm">{t('console.assignedToMe')}</Text>;
  return (
    <Group gap="xs" ref={ref}>
      {assignee && <Text size="sm">{t('console.assignee', { name: assignee.name })}</Text>}
      <BusyButton
        variant="default"
        size="sm"
        isBusy={isBusy}
        onClick={onTake}
        leftSection={<IconUserCheck size={18} aria-hidden />}
      >
        {t('console.assignToMe')}
      </BusyButton>
    </Group>
  );
}
