// A ticket's title with its number. It can take the focus when the page changes.
import { Text, Title } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';

export function TicketHeading({ ticket, ref }: { ticket: Ticket; ref: Ref<HTMLHeadingElement> }) {
  const { t } = useTranslation();
  return (
    <Title order={1} mt={4} tabIndex={-1} ref={ref} style={{ overflowWrap: 'anywhere' }}>
      {ticket.title}{' '}
      <Text span inherit c="dimmed" fw={400} style={{ whiteSpace: 'nowrap' }}>
        {t('tickets.number', { id: ticket.id })}
      </Text>
    </Title>
  );
}
