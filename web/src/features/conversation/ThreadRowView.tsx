// One row of a conversation.
import { useTranslation } from 'react-i18next';
import { ChangeLine } from './ChangeLine';
import type { TakenBack } from './drafts';
import { MessageBubble } from './MessageBubble';
import classes from './Thread.module.css';
import type { ThreadRow } from './threadRows';

export interface RowContext {
  userId: number;
  lastSeq: number;
  /** The reader's own latest message, below which its delivery is told. */
  lastOwn: number | null;
  /** The other side has seen up to here. */
  seenSeq: number;
  /** Null: there is no place where it could be written on. */
  onTakeBack: ((taken: TakenBack) => void) | null;
}

export function ThreadRowView({ row, context }: { row: ThreadRow; context: RowContext }) {
  const { t } = useTranslation();
  switch (row.type) {
    case 'day':
      return <div className={classes.day}>{row.day}</div>;
    case 'new':
      return <div className={classes.new}>{t('conversation.newDivider')}</div>;
    case 'change':
      return <ChangeLine entry={row.entry} />;
    case 'outgoing':
    case 'message':
      return <MessageBubble row={row} context={context} />;
  }
}
