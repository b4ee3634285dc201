// Everything that one was told, for customers and for staff.
import { Container } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUser } from '@/api/useUser';
import { DEVICES_PATH, ticketPathOf } from '@/app/paths';
import { useDocumentTitle } from '@/components/documentTitle';
import { NotificationList } from '@/features/notifications/list/NotificationList';
import classes from './Page.module.css';

export default function NotificationsPage() {
  const { t } = useTranslation();
  const user = useUser();
  useDocumentTitle(t('notifications.title'));
  return (
    <div className={classes.scrolls}>
      <Container size="sm" py="lg">
        <NotificationList paths={{ ticket: ticketPathOf(user), devices: DEVICES_PATH }} />
      </Container>
    </div>
  );
}
