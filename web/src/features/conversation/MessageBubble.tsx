// Something that was said: a message, the description of the ticket, or an internal note.
import { Text } from '@mantine/core';
import { IconCheck, IconChecks, IconNote } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VisibleEntry } from '@/api/types';
import { absoluteTime, clockTime } from '@/components/time';
import { MessageBody } from './body/MessageBody';
import classes from './MessageBubble.module.css';

interface Props {
  entry: VisibleEntry;
  /** The one above is of the same person, moments before. */
  continues: boolean;
  isOwn: boolean;
  /** Told below the reader's own latest message. */
  delivery: 'sent' | 'seen' | null;
}

export function MessageBubble({ entry, continues, isOwn, delivery }: Props) {
  const { t } = useTranslation();
  const isNote = entry.kind === 'note';
  return (
    <article className={classes.message} data-own={isOwn || undefined} data-continues={continues || undefined}>
      {!continues && (
        <Text size="xs" c="dimmed" className={classes.author}>
          <b>{isOwn ? t('conversation.you') : entry.actor.name}</b>
          {!isOwn && entry.actor.role === 'admin' && <span>{t('conversation.staff')}</span>}
          <time dateTime={entry.created_at} title={absoluteTime(entry.created_at)}>
            {clockTime(entry.created_at)}
          </time>
        </Text>
      )}
      <div className={classes.bubble} data-note={isNote || undefined}>
        {isNote && (
          <div className={classes.label}>
            <IconNote size={14} aria-hidden />
            {t('conversation.note')}
          </div>
        )}
        <MessageBody id={`entry-${entry.seq}`} body={entry.body ?? ''} />
      </div>
      {isOwn && delivery && !isNote && (
        <Text size="xs" c="dimmed" className={classes.delivery}>
          {delivery === 'seen' ? <IconChecks size={14} aria-hidden /> : <IconCheck size={14} aria-hidden />}
          {t(`conversation.delivery.${delivery}`)}
        </Text>
      )}
    </article>
  );
}
