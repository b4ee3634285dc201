// Tells a screen reader that a message was not sent, once, wherever in the conversation the reader is.
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OutgoingMessage } from './outbox';

export function FailedAlert({ outgoing }: { outgoing: OutgoingMessage[] }) {
  const { t } = useTranslation();
  const failed = outgoing.findLast(({ state }) => state === 'failed');
  return (
    <VisuallyHidden role="alert">
      {failed && (
        <span key={failed.clientId}>
          {t('conversation.delivery.notSent', { reason: t(`failure.${failed.reason ?? 'internal'}`) })}
        </span>
      )}
    </VisuallyHidden>
  );
}
