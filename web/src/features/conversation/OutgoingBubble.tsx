// A message on its way. One that failed stays where it is, to be sent again or taken away.
import { Button, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconClock, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import bubble from './MessageBubble.module.css';
import { messageDeleted, messageRetried, type OutgoingMessage } from './outbox';

export function OutgoingBubble({ message }: { message: OutgoingMessage }) {
  const { t } = useTranslation();
  const isNote = message.kind === 'note';
  const isFailed = message.state === 'failed';
  return (
    <article className={`${bubble.message} ${isFailed ? bubble.failed : bubble.pending}`} data-own>
      <div className={bubble.bubble} data-note={isNote || undefined}>
        {isNote && (
          <div className={bubble.label}>
            <IconNote size={14} aria-hidden />
            {t('conversation.note')}
          </div>
        )}
        {message.body}
      </div>
      {isFailed ? <Failed message={message} /> : <UnderWay state={message.state} />}
    </article>
  );
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
    <Group gap="xs" mt={4} justify="flex-end">
      <Text size="xs" c="var(--mantine-color-error)" className={bubble.delivery} mt={0}>
        <IconAlertCircle size={14} aria-hidden />
        {t('conversation.delivery.failed', { reason: t(`failure.${reason ?? 'internal'}`) })}
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => dispatch(messageRetried(clientId))}>
        {t('conversation.delivery.retry')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => dispatch(messageDeleted(clientId))}>
        {t('conversation.delivery.delete')}
      </Button>
    </Group>
  );
}
