// Calls for attention with a sound and a notification of the browser, as the reader has chosen.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { selectUser } from '@/api/sessionSlice';
import type { Notification } from '@/api/types';
import { headline } from '@/features/notifications/words';
import { notificationArrived } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { alertChoices, useAlertChoices } from './alertChoices';
import { isPageWatched, isWatchedInAnyTab, watchedTicket } from './attention';
import { closeBrowserNotifications, showBrowserNotification } from './browserNotification';
import { inOneTab } from './inOneTab';
import { canSound, playSound } from './sound';
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
    const call = async (notification: Notification, isFor: () => boolean) => {
      const { ticket } = notification;
      const choices = alertChoices();
      if (!ticket || !(choices.sound || choices.browser)) return;
      if (watchedTicket({ openTicketId, isWatched: isPageWatched() }) === ticket.id) return;
      if (await isWatchedInAnyTab(ticket.id)) return;
      if (!isFor()) return;

      // One name for all sounds: news that come together are heard once.
      if (choices.sound && canSound()) void inOneTab('sound', playSound);
      if (!choices.browser) return;
      const show = () => {
        // Signed out while it waited for its turn among the tabs.
        if (!isFor()) return;
        showBrowserNotification({
          ...headline(t, notification),
          tag: `ticket-${ticket.id}`,
          onClick: () => void navigate(ticketPath(ticket.id)),
        });
      };
      await inOneTab(`browser.${notification.id}`, show);
    };
    return startListening({
      actionCreator: notificationArrived,
      effect: ({ payload }, listener) => {
        const reader = selectUser(listener.getState())?.id;
        return call(payload.notification, () => selectUser(listener.getState())?.id === reader);
      },
    });
  }, [openTicketId, ticketPath, navigate, t]);

  return null;
}
