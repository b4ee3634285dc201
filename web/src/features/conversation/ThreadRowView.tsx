// One row of a conversation.
import { useTranslation } from 'react-i18next';
import { ChangeLine } from './ChangeLine';
import { MessageBubble } from './MessageBubble';
import { OutgoingBubble } from './OutgoingBubble';
import classes from './Thread.module.css';
import type { ThreadRow } from './threadRows';

export interface RowContext {
  userId: number;
  lastSeq: number;
  /** The reader's own latest message, below which its delivery is told. */
  lastOwn: number | null;
  /** The other side has seen up to here. */
  seenSeq: number;
  onTakeBack: (body: string) => void;
}

export function ThreadRowView({ row, context }: { row: ThreadRow; context: RowContext }) {
  const { t } = useTranslation();
  const { userId, lastSeq, lastOwn, seenSeq, onTakeBack } = context;
  switch (row.type) {
    case 'day':
      return <div className={classes.day}>{row.day}</div>;
    case 'new':
      return <div className={classes.new}>{t('conversation.newDivider')}</div>;
    case 'change':
      return <ChangeLine entry={row.entry} />;
    case 'outgoing':
      return <OutgoingBubble message={row.message} lastSeq={lastSeq} onTakeBack={onTakeBack} />;
    case 'message':
      return (
        <MessageBubble
          entry={row.entry}
          continues={row.continues}
          isOwn={row.entry.actor.id === userId}
          delivery={row.entry.seq === lastOwn ? (row.entry.seq <= seenSeq ? 'seen' : 'sent') : null}
        />
      );
  }
}
