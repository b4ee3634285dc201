// Where staff opens a ticket for a customer, beside the list.
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { ticketIdIn } from '@/app/paths';
import { useTicketPath } from '@/app/useTicketPath';
import { useDocumentTitle } from '@/components/documentTitle';
import { NewTicketForCustomer } from '@/features/tickets/staff/onBehalf/NewTicketForCustomer';
import classes from './Page.module.css';

export default function StaffNewTicketPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [parameters] = useSearchParams();
  const ticketPath = useTicketPath();
  const requesterId = ticketIdIn(parameters.get('requester') ?? undefined);
  useDocumentTitle(t('consoleTools.create.title'));
  return (
    <div className={classes.scrolls}>
      <NewTicketForCustomer
        // Whoever comes with another customer begins with that one.
        key={requesterId}
        requesterId={requesterId}
        listPath={`/admin${search}`}
        ticketPath={ticketPath}
      />
    </div>
  );
}
