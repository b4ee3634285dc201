// Tells of what happens outside the open ticket.
import { Anchor, Text, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBell, IconTicket } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Notification } from '@/api/types';
import { notificationArrived } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { headline } from './words';

const SHOWN_MS = 8_000;

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

export function Toasts({ openTicketId, ticketPath }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [said, setSaid] = useState('');

  // They are kept beside React, and the next person at this device would see them.
  useEffect(() => () => notifications.clean(), []);

  useEffect(() => {
    const show = (notification: Notification) => {
      const { kind, ticket } = notification;
      if (!ticket || ticket.id === openTicketId) return;
      const Icon = kind === 'ticket_created' ? IconTicket : IconBell;
      const { title, text } = headline(t, notification);
      const id = `ticket-${ticket.id}`;
      const open = () => {
        notifications.hide(id);
        void navigate(ticketPath(ticket.id));
      };
      // One toast a ticket: the next one takes its place.
      notifications.hide(id);
      notifications.show({
        id,
        // Not the alert that it would be: it is said below, without cutting anybody short.
        role: 'group',
        'aria-label': title,
        autoClose: SHOWN_MS,
        color: 'pine',
        icon: <Icon size={18} aria-hidden />,
        title,
        message: (
          <>
            <Text size="sm" lineClamp={2}>
              {text}
            </Text>
            <Anchor component="button" type="button" size="sm" fw={600} underline="always" onClick={open}>
              {t('notifications.open')}
            </Anchor>
          </>
        ),
      });
      setSaid(`${title}. ${text}`);
    };
    return startListening({
      actionCreator: notificationArrived,
      effect: ({ payload }) => show(payload.notification),
    });
  }, [openTicketId, ticketPath, navigate, t]);

  // There before the words, so that screen readers hear them.
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
