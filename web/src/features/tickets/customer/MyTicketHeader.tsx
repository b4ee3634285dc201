// The head of a ticket for its customer: what it is, where it stands, and the one thing to do.
import { Box, Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useSelector } from 'react-redux';
import type { Ticket } from '@/api/types';
import { LinkText } from '@/components/LinkButton';
import { missedIn } from '@/components/missed';
import { StaleNotice } from '@/components/StaleNotice';
import { StatusBadge } from '@/components/StatusBadge';
import { useFocusKept } from '@/components/useFocusKept';
import { useFocusOnArrival } from '@/components/useFocusOnArrival';
import { BackLink } from '@/features/tickets/BackLink';
import { closeDropped, closeWished, insistingOn, selectClosing } from '@/features/tickets/closing';
import { PriorityFlag } from '@/features/tickets/PriorityFlag';
import { TicketHeading } from '@/features/tickets/TicketHeading';
import { CloseButton } from './CloseButton';
import { standingOf } from './standing';

export function MyTicketHeader({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const closing = useSelector((state: Parameters<typeof selectClosing>[0]) => selectClosing(state, ticket.id));
  const isClosed = ticket.status === 'closed';
  const missed = !isClosed && closing?.phase === 'failed' ? missedIn(closing.failure) : null;
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusOnArrival(heading);
  const focusKept = useFocusKept(heading);

  return (
    <>
      <Box component="header" px="md" py="sm">
        <BackLink to="/">{t('tickets.mine.title')}</BackLink>
        <TicketHeading ticket={ticket} ref={heading} />
        <Group justify="space-between" gap="sm" mt={6}>
          <Group gap="xs">
            <StatusBadge status={ticket.status} />
            {ticket.priority !== 'normal' && <PriorityFlag priority={ticket.priority} />}
            {ticket.category && (
              <Text size="sm" c="dimmed">
                {ticket.category.name}
              </Text>
            )}
            {ticket.follows_id != null && (
              <LinkText to={`/tickets/${ticket.follows_id}`} size="sm">
                {t('tickets.followsUp', { id: ticket.follows_id })}
              </LinkText>
            )}
          </Group>
          {!isClosed && (
            <Box ml="auto" ref={focusKept}>
              <CloseButton ticket={ticket} closing={closing} />
            </Box>
          )}
        </Group>
        {/* Below the button, so that a longer sentence does not move it. */}
        <Text size="sm" mt={6} role="status">
          {standingOf(t, ticket)}
        </Text>
      </Box>
      {missed && closing && (
        <StaleNotice
          ref={focusKept}
          missed={missed}
          insistLabel={t('tickets.close.anyway')}
          onInsist={() => dispatch(closeWished(insistingOn(closing.wish, missed)))}
          onLeave={() => dispatch(closeDropped(closing.wish))}
        />
      )}
    </>
  );
}
