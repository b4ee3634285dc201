import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/components/documentTitle';
import { MyTickets } from '@/features/tickets/customer/MyTickets';
import classes from './Page.module.css';

export default function MyTicketsPage() {
  const { t } = useTranslation();
  useDocumentTitle(t('tickets.mine.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="md" py="lg">
        <MyTickets />
      </Container>
    </div>
  );
}
