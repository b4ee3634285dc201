// Where a customer asks for help.
import '@/app/closingStore';
import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ticketIdIn } from '@/app/paths';
import { useDocumentTitle } from '@/components/documentTitle';
import { NewTicketForm } from '@/features/tickets/customer/NewTicketForm';
import classes from './Page.module.css';

export default function NewTicketPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const follows = ticketIdIn(parameters.get('follows') ?? undefined);
  useDocumentTitle(t('tickets.create.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="sm" py="lg">
        {/* Each has a draft of its own. */}
        <NewTicketForm key={follows} follows={follows} />
      </Container>
    </div>
  );
}
