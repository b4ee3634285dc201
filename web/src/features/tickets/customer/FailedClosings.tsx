// Tells of a closing that failed while its ticket is not on the screen.
import { Anchor, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { failureText } from '@/components/form/fieldErrors';
import { closeFailed } from '@/features/tickets/closing';
import { startListening } from '@/realtime/listening';

interface Props {
  openTicketId: number | null;
  ticketPath: (ticketId: number) => string;
}

const toastOf = (ticketId: number) => `closing-${ticketId}`;

export function FailedClosings({ openTicketId, ticketPath }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();

  useEffect(
    () =>
      startListening({
        actionCreator: closeFailed,
        effect: ({ payload: { wish, failure } }) => {
          const { id } = wish;
          if (id === openTicketId) return;
          notifications.hide(toastOf(id));
          notifications.show({
            id: toastOf(id),
            // It is the only word about it.
            autoClose: false,
            color: 'red',
            title: t('tickets.close.failedElsewhere', { id }),
            message: (
              <>
                <Text size="sm">{failureText(t, failure)}</Text>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  fw={600}
                  underline="always"
                  onClick={() => void navigate(ticketPath(id))}
                >
                  {t('tickets.close.look')}
                </Anchor>
              </>
            ),
          });
        },
      }),
    [openTicketId, ticketPath, navigate, t],
  );

  // The ticket itself says it now.
  useEffect(() => {
    if (openTicketId !== null) notifications.hide(toastOf(openTicketId));
  }, [openTicketId]);

  return null;
}
