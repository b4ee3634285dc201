// What stands in the place of a list without tickets: none yet, or none of this kind.
import { IconLock, IconMessageCirclePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import { MY_LISTS, type MyView } from '@/features/tickets/listQuery';
import { useTicketList } from '@/features/tickets/useTicketList';
import { RowSkeletons } from './RowSkeletons';

export default function NoneHere({ view }: { view: MyView }) {
  const { t } = useTranslation();
  const closed = useTicketList(MY_LISTS.closed);
  const hasClosed = (closed.tickets?.length ?? 0) > 0;
  if (view === 'closed') {
    return <Notice icon={IconLock} title={t('tickets.mine.noneClosed')} text={t('tickets.mine.noneClosedText')} />;
  }
  if (!closed.tickets && !closed.failure) return <RowSkeletons />;
  return (
    <Notice
      icon={IconMessageCirclePlus}
      title={hasClosed ? t('tickets.mine.noneCurrent') : t('tickets.mine.empty')}
      text={t('tickets.mine.emptyText')}
    >
      {hasClosed && (
        <LinkButton variant="default" mt="xs" to={{ search: '?show=closed' }} replace>
          {t('tickets.mine.showClosed')}
        </LinkButton>
      )}
    </Notice>
  );
}
