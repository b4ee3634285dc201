// How a message on its way stands. One that failed stays where it is, to be sent again or taken away.
import { Button, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import bubble from './MessageBubble.module.css';
import { messageDeleted, messageRetried, type OutgoingMessage } from './outbox';
import { StaleReply } from './StaleReply';
import type { RowContext } from './ThreadRowView';

export function OutgoingState({ message, context }: { message: OutgoingMessage; context: RowContext }) {
  if (message.state !== 'failed') return <UnderWay state={message.state} />;
  if (message.reason !== 'stale') return <Failed message={message} />;
  return <StaleReply message={message} lastSeq={context.lastSeq} onTakeBack={context.onTakeBack} />;
}

function UnderWay({ state }: { state: OutgoingMessage['state'] }) {
  const { t } = useTranslation();
  const Icon = state === 'sent' ? IconCheck : IconClock;
  const key = state === 'sent' || state === 'waiting' ? state : 'sending';
  return (
    <Text size="xs" c="dimmed" className={bubble.delivery}>
      <Icon size={14} aria-hidden />
      {t(`conversation.delivery.${key}`)}
    </Text>
  );
}

function Failed({ message: { clientId, reason } }: { message: OutgoingMessage }) {
  const { t } = useTranslation();
  const dispatch = useDispatch();
  return (
    <div className={bubble.refusal} aria-live="off">
      <Text size="xs" c="var(--mantine-color-error)" className={bubble.delivery}>
        <IconAlertCircle size={14} aria-hidden />
        {t('conversation.delivery.failed', { reason: t(`failure.${reason ?? 'internal'}`) })}
      </Text>
      <Group gap={6} wrap="nowrap">
        <Button size="compact-sm" variant="default" onClick={() => dispatch(messageRetried(clientId))}>
          {t('conversation.delivery.retry')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => dispatch(messageDeleted(clientId))}>
          {t('conversation.delivery.delete')}
        </Button>
      </Group>
    </div>
  );
}
