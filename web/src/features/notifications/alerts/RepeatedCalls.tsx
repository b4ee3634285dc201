// Calls staff again, louder each time, for a new ticket that nobody has taken notice of.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { selectUser } from '@/api/sessionSlice';
import { alertChanged } from '@/realtime/events';
import { startListening } from '@/realtime/listening';
import { call } from './call';

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

export default function RepeatedCalls({ openTicketId, ticketPath }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();

  useEffect(
    () =>
      startListening({
        actionCreator: alertChanged,
        effect: ({ payload: { alert } }, listener) => {
          const { ticket_id: ticketId, title, level } = alert;
          // The first time its notification calls.
          if (level === 0 || alert.acknowledged_by) return undefined;
          const reader = selectUser(listener.getState())?.id;
          return call(
            {
              ticketId,
              id: `alert-${ticketId}-${level}`,
              title: t('ticketAlerts.call', { id: ticketId }),
              text: title,
              repeats: level,
              onClick: () => void navigate(ticketPath(ticketId)),
              isForReader: () => selectUser(listener.getState())?.id === reader,
            },
            openTicketId,
          );
        },
      }),
    [openTicketId, ticketPath, navigate, t],
  );

  return null;
}
