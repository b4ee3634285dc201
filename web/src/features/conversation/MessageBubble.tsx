// Something that was said: a message, the description of the ticket, or an internal note. One's own keeps its place on
// the page on its way from here to the timeline, and with it the focus; and it is not read out twice.
import { Text } from '@mantine/core';
import { IconCheck, IconChecks, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { absoluteTime, clockTime } from '@/components/time';
import { MessageBody } from './body/MessageBody';
import classes from './MessageBubble.module.css';
import { OutgoingState } from './OutgoingState';
import type { RowContext } from './ThreadRowView';
import type { SaidRow } from './threadRows';

export function MessageBubble({ row, context }: { row: SaidRow; context: RowContext }) {
  const { t } = useTranslation();
  const { kind, body } = row.type === 'outgoing' ? row.message : row.entry;
  const isOwn = row.type === 'outgoing' || row.entry.actor.id === context.userId;
  const isNote = kind === 'note';
  const look = row.type === 'message' ? '' : row.message.state === 'failed' ? classes.failed : classes.pending;
  return (
    <article
      className={`${classes.message} ${look}`}
      data-own={isOwn || undefined}
      data-continues={row.continues || undefined}
    >
      {!row.continues && <Author row={row} isOwn={isOwn} />}
      <div className={classes.bubble} data-note={isNote || undefined}>
        {isNote && (
          <div className={classes.label}>
            <IconNote size={14} aria-hidden />
            {t('conversation.note')}
          </div>
        )}
        <MessageBody id={row.key} body={body ?? ''} />
      </div>
      {row.type === 'outgoing' && <OutgoingState message={row.message} context={context} />}
      {row.type === 'message' && !isNote && row.entry.seq === context.lastOwn && (
        <Delivery isSeen={row.entry.seq <= context.seenSeq} />
      )}
    </article>
  );
}

function Author({ row, isOwn }: { row: SaidRow; isOwn: boolean }) {
  const { t } = useTranslation();
  const at = row.type === 'outgoing' ? row.message.writtenAt : row.entry.created_at;
  return (
    <Text size="xs" c="dimmed" className={classes.author}>
      <b>{row.type === 'outgoing' || isOwn ? t('conversation.you') : row.entry.actor.name}</b>
      {row.type === 'message' && !isOwn && row.entry.actor.role === 'admin' && <span>{t('conversation.staff')}</span>}
      <time dateTime={at} title={absoluteTime(at)}>
        {clockTime(at)}
      </time>
    </Text>
  );
}

/** Told below the reader's own latest message. */
function Delivery({ isSeen }: { isSeen: boolean }) {
  const { t } = useTranslation();
  const Icon = isSeen ? IconChecks : IconCheck;
  return (
    <Text size="xs" c="dimmed" className={classes.delivery}>
      <Icon size={14} aria-hidden />
      {isSeen ? t('conversation.delivery.seen') : t('conversation.delivery.sent')}
    </Text>
  );
}
