// A message on its way. One that failed stays where it is, to be sent again or taken away.
import { Button, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconClock, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { MessageBody } from './body/MessageBody';
import bubble from './MessageBubble.module.css';
import { messageDeleted, messageRetried, type OutgoingMessage } from './outbox';
import { StaleReply } from './StaleReply';

interface Props {
  message: OutgoingMessage;
  /** The latest entry that its author can see by now. */
  lastSeq: number;
  onTakeBack: (body: string) => void;
}

export function OutgoingBubble({ message, lastSeq, onTakeBack }: Props) {
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
        <MessageBody id={message.clientId} body={message.body} />
      </div>
      {!isFailed && <UnderWay state={message.state} />}
      {isFailed && message.reason !== 'stale' && <Failed message={message} />}
      {isFailed && message.reason === 'stale' && (
        <StaleReply message={message} lastSeq={lastSeq} onTakeBack={onTakeBack} />
      )}
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
