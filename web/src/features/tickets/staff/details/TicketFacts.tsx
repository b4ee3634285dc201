// When what happened to a ticket.
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';

export function TicketFacts({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('consoleTools.details.times')}>
      <Title order={2} size="h5">
        {t('consoleTools.details.times')}
      </Title>
      <Text size="sm">
        {t('consoleTools.details.opened')} <RelativeTime at={ticket.created_at} />
      </Text>
      <Text size="sm">
        {t('consoleTools.details.changed')} <RelativeTime at={ticket.updated_at} />
      </Text>
      {ticket.closed_at !== null && (
        <Text size="sm">
          {t('consoleTools.details.closed')} <RelativeTime at={ticket.closed_at} />
        </Text>
      )}
    </section>
  );
}
