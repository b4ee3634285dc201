// What is said aloud of alerts: that one was repeated, and who has taken notice of one that was.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '@/api/useUser';
import { alertChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';

export function useAnnounced(): string {
  const { t } = useTranslation();
  const { id: own } = useUser();
  const [said, setSaid] = useState('');
  useEffect(
    () =>
      startListening({
        actionCreator: alertChanged,
        effect: ({ payload: { alert } }) => {
          // The first time the notification of the ticket says it.
          if (alert.level === 0) return;
          const about = { id: alert.ticket_id, title: alert.title };
          const by = alert.acknowledged_by;
          if (!by) setSaid(t('ticketAlerts.again', { ...about, count: alert.level }));
          else if (by.id !== own) setSaid(t('ticketAlerts.noticed', { ...about, name: by.name }));
        },
      }),
    [own, t],
  );
  return said;
}
