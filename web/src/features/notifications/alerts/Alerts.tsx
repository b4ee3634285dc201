// Calls for attention to what notifications tell.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { selectUser } from '@/api/sessionSlice';
import { headline } from '@/features/notifications/words';
import { notificationArrived } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { useAlertChoices } from './alertChoices';
import { closeBrowserNotifications } from './browserNotification';
import { call } from './call';
import { useUnlockedSound } from './useUnlockedSound';
import { useWatchHeld } from './useWatchHeld';

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

export function Alerts({ openTicketId, ticketPath }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useUnlockedSound(useAlertChoices().sound);
  useWatchHeld(openTicketId);

  useEffect(() => closeBrowserNotifications, []);

  useEffect(() => {
    return startListening({
      actionCreator: notificationArrived,
      effect: ({ payload }, listener) => {
        const { notification } = payload;
        const { ticket } = notification;
        if (!ticket) return undefined;
        const reader = selectUser(listener.getState())?.id;
        return call(
          {
            ticketId: ticket.id,
            id: notification.id,
            ...headline(t, notification),
            onClick: () => void navigate(ticketPath(ticket.id)),
            isForReader: () => selectUser(listener.getState())?.id === reader,
          },
          openTicketId,
        );
      },
    });
  }, [openTicketId, ticketPath, navigate, t]);

  return null;
}
