// A customer's first page.
import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useDocumentTitle } from '@/components/documentTitle';
import { MyTickets } from '@/features/tickets/customer/MyTickets';
import classes from './Page.module.css';

// A closing that was under way when the page was loaded anew goes on here too. Nothing on the screen waits for it.
import('@/app/closingStore').catch(() => undefined);

export default function MyTicketsPage() {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  useDocumentTitle(t('tickets.mine.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="md" py="lg">
        <MyTickets view={parameters.get('show') === 'closed' ? 'closed' : 'current'} />
      </Container>
    </div>
  );
}
