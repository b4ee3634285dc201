// The head of a ticket for its customer: what it is, where it stands, and the one thing to do.
import { Box, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch, useSelector } from 'react-redux';
import type { Ticket } from '@/api/types';
import { failureText } from '@/components/form/fieldErrors';
import { LinkText } from '@/components/LinkButton';
import { StatusBadge } from '@/components/StatusBadge';
import { closeRequested, closeUndone, selectClosing } from '@/features/tickets/closing';
import { standingOf } from './standing';

export function MyTicketHeader({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  return (
    <Box component="header" px="md" py="sm">
      <LinkText to="/" size="sm" c="dimmed">
        <Group component="span" gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('tickets.mine.title')}
        </Group>
      </LinkText>
      <Title order={1} mt={4} style={{ overflowWrap: 'anywhere' }}>
        {ticket.title}
      </Title>
      <Group justify="space-between" gap="sm" mt={6}>
        <Group gap="xs">
          <StatusBadge status={ticket.status} />
          <Text size="sm" c="dimmed">
            {t('tickets.number', { id: ticket.id })}
            {ticket.category && ` · ${ticket.category.name}`}
          </Text>
          {ticket.follows_id != null && (
            <LinkText to={`/tickets/${ticket.follows_id}`} size="sm">
              {t('tickets.followsUp', { id: ticket.follows_id })}
            </LinkText>
          )}
        </Group>
        {ticket.status !== 'closed' && <CloseButton ticketId={ticket.id} />}
      </Group>
      {/* Below the button, so that a longer sentence does not move it. */}
      <Text size="sm" mt={6} role="status">
        {standingOf(t, ticket)}
      </Text>
    </Box>
  );
}

/** Closing takes effect after some seconds, in which the same place offers to undo it. */
function CloseButton({ ticketId }: { ticketId: number }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const closing = useSelector((state: Parameters<typeof selectClosing>[0]) => selectClosing(state, ticketId));
  const isUnderWay = closing !== null && closing.failure === null;
  const button = useFocusKept(isUnderWay);

  if (isUnderWay) {
    return (
      <Group gap="xs">
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('tickets.close.pending')}</Text>
        </Group>
        <Button ref={button} variant="light" size="xs" onClick={() => dispatch(closeUndone(ticketId))}>
          {t('tickets.close.undo')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack gap={4} align="flex-end">
      <Button
        ref={button}
        variant="default"
        size="xs"
        leftSection={<IconCheck size={16} aria-hidden />}
        onClick={() => dispatch(closeRequested(ticketId))}
      >
        {t('tickets.close.action')}
      </Button>
      {closing?.failure && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('tickets.close.failed')}: {failureText(t, closing.failure)}
        </Text>
      )}
    </Stack>
  );
}

/** One button takes the place of another: the focus goes with it. */
function useFocusKept(state: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    if (document.activeElement === document.body) button.current?.focus();
  }, [state]);
  return button;
}
