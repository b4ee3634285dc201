// Loads a ticket and says so when it cannot.
import { IconMapOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailure } from '@/api/failure';
import type { TicketDetail } from '@/api/types';
import { useUser } from '@/api/useUser';
import { homeOf } from '@/app/paths';
import { useDocumentTitle } from '@/components/documentTitle';
import { FailureNotice } from '@/components/FailureNotice';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import { useGetTicketQuery } from '@/features/tickets/ticketsApi';
import { TicketSkeleton } from './TicketSkeleton';

interface Props {
  id: number;
  children: (detail: TicketDetail) => ReactNode;
}

export function TicketLoader({ id, children }: Props) {
  const { t } = useTranslation();
  const user = useUser();
  const { data, error, refetch } = useGetTicketQuery(id);
  const number = t('tickets.number', { id });
  useDocumentTitle(data ? `${data.ticket.title} ${number}` : number);

  if (data) return children(data);
  if (isFailure(error) && error.code === 'not_found') {
    return (
      <Notice icon={IconMapOff} order={1} title={t('tickets.openFailed')} text={t('failure.not_found')}>
        <LinkButton to={homeOf(user)} variant="default" mt="xs">
          {t('shell.notFound.home')}
        </LinkButton>
      </Notice>
    );
  }
  if (error) return <FailureNotice title={t('tickets.openFailed')} failure={error} onRetry={() => void refetch()} />;
  return <TicketSkeleton />;
}
