// Tells of what happens outside the open ticket.
import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconTicket } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Notification } from '@/api/types';
import { notificationArrived } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { notificationText } from './words';

const SHOWN_MS = 8_000;

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

export function Toasts({ openTicketId, ticketPath }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();

  useEffect(() => {
    const show = (notification: Notification) => {
      const { kind, ticket } = notification;
      if (!ticket || ticket.id === openTicketId) return;
      const isNew = kind === 'ticket_created';
      const id = `ticket-${ticket.id}`;
      const open = () => {
        notifications.hide(id);
        void navigate(ticketPath(ticket.id));
      };
      // One toast a ticket: the next one takes its place.
      notifications.hide(id);
      notifications.show({
        id,
        autoClose: SHOWN_MS,
        color: 'pine',
        icon: isNew ? <IconTicket size={18} aria-hidden /> : <IconBell size={18} aria-hidden />,
        title: isNew ? t('notifications.toast.ticket_created', { id: ticket.id }) : notificationText(t, notification),
        message: (
          <>
            <Text size="sm" lineClamp={2}>
              {isNew ? `${notification.actor?.name ?? ''}: ${ticket.title}` : ticket.title}
            </Text>
            <Anchor component="button" type="button" size="sm" fw={600} underline="always" onClick={open}>
              {t('notifications.open')}
            </Anchor>
          </>
        ),
      });
    };
    return startListening({
      actionCreator: notificationArrived,
      effect: ({ payload }) => show(payload.notification),
    });
  }, [openTicketId, ticketPath, navigate, t]);

  return null;
}
