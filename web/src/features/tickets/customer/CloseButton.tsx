// Closing takes effect after some seconds, in which the same place offers to undo it.
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import type { Ticket } from '@/api/types';
import { failureText } from '@/components/form/fieldErrors';
import { missedIn } from '@/components/missed';
import { useFocusKept } from '@/components/useFocusKept';
import { closeDropped, closeWished, type Closing, wishToClose } from '@/features/tickets/closing';

export function CloseButton({ ticket, closing }: { ticket: Ticket; closing: Closing | null }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  const button = useRef<HTMLButtonElement>(null);
  const underWay = closing?.phase === 'failed' ? null : closing;
  const failure = closing?.phase === 'failed' ? closing.failure : null;
  const focusKept = useFocusKept(button);

  if (underWay) {
    const isSent = underWay.phase === 'sending';
    return (
      <Group gap="xs" ref={focusKept}>
        <Group gap="xs" role="status">
          <Loader size="xs" aria-hidden />
          <Text size="sm">
            {underWay.phase === 'retrying' ? t('tickets.close.retrying') : t('tickets.close.pending')}
          </Text>
        </Group>
        <Button
          ref={button}
          variant="light"
          size="sm"
          // It keeps the focus while the answer is awaited.
          aria-disabled={isSent || undefined}
          data-disabled={isSent || undefined}
          onClick={() => !isSent && dispatch(closeDropped(underWay.wish))}
        >
          {t('tickets.close.undo')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack gap={4} align="flex-end" ref={focusKept}>
      <Button
        ref={button}
        variant="default"
        size="sm"
        leftSection={<IconCheck size={16} aria-hidden />}
        onClick={() => dispatch(closeWished(wishToClose(ticket)))}
      >
        {t('tickets.close.action')}
      </Button>
      {failure && !missedIn(failure) && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('tickets.close.failed')}: {failureText(t, failure)}
        </Text>
      )}
    </Stack>
  );
}
