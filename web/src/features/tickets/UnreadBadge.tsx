// How much of a ticket is unread.
import { useTranslation } from 'react-i18next';
import classes from './ticketRow.module.css';

export function UnreadBadge({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span role="img" aria-label={t('tickets.unread', { count })} className={classes.count}>
      {count > 99 ? '99+' : count}
    </span>
  );
}
