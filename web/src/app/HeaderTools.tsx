// The right side of the header, and what works unseen: the toasts, the alerts and the outbox.
import '@mantine/notifications/styles.css';
import './closingStore';
import './conversationStore';
import { useMatches } from '@mantine/core';
import { Notifications, type NotificationsProps } from '@mantine/notifications';
import { Suspense } from 'react';
import { useUser } from '@/api/useUser';
import { AppearanceSwitch } from '@/components/AppearanceSwitch';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { AccountMenu } from '@/features/account/AccountMenu';
import { OutboxCourier } from '@/features/conversation/OutboxCourier';
import { Alerts } from '@/features/notifications/alerts/Alerts';
import { Bell } from '@/features/notifications/Bell';
import { startNotificationListeners } from '@/features/notifications/notificationEvents';
import { Toasts } from '@/features/notifications/Toasts';
import { FailedClosings } from '@/features/tickets/customer/FailedClosings';
import { ACCOUNT_PATH, DEVICES_PATH, NOTIFICATIONS_PATH } from './paths';

startNotificationListeners();

const RepeatedCalls = lazily(
  withTexts(['ticketAlerts'], () => import('@/features/notifications/alerts/RepeatedCalls')),
);
const StaffKeys = lazily(withTexts(['shortcuts'], () => import('./StaffKeys')));

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

export default function HeaderTools({ openTicketId, ticketPath }: Props) {
  const isStaff = useUser().role === 'admin';
  // Where they cover neither the button that sends nor the bell.
  const position = useMatches<NotificationsProps['position']>({ base: 'top-center', sm: 'bottom-left' });
  return (
    <>
      <OutboxCourier />
      <Bell allPath={NOTIFICATIONS_PATH} paths={{ ticket: ticketPath, devices: DEVICES_PATH }} />
      <AppearanceSwitch />
      <AccountMenu accountPath={ACCOUNT_PATH} />
      <FailedClosings openTicketId={openTicketId} ticketPath={ticketPath} />
      <Toasts openTicketId={openTicketId} ticketPath={ticketPath} />
      <Alerts openTicketId={openTicketId} ticketPath={ticketPath} />
      <Notifications position={position} limit={4} />
      {isStaff && (
        <Suspense fallback={null}>
          <StaffKeys openTicketId={openTicketId} />
          <RepeatedCalls openTicketId={openTicketId} ticketPath={ticketPath} />
        </Suspense>
      )}
    </>
  );
}
