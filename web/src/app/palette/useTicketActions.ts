// What the palette can do with the ticket that is open.
import { notifications } from '@mantine/notifications';
import { IconLink, IconUserCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '@/api/clientId';
import type { Status } from '@/api/types';
import { useUser } from '@/api/useUser';
import { ticketPathOf } from '@/app/paths';
import { STATUS_ICONS } from '@/components/StatusBadge';
import type { PaletteAction } from '@/features/shortcuts/palette/actions';
import { openTicket } from '@/features/tickets/staff/openTicket';

const STATUSES = Object.keys(STATUS_ICONS) as Status[];

export function useTicketActions(): PaletteAction[] {
  const { t } = useTranslation();
  const user = useUser();
  const open = openTicket.useCurrent();
  if (!open) return [];

  const { ticket, make } = open;
  const copyLink = async () => {
    try {
      await navigator.clipboard.writeText(new URL(ticketPathOf(user)(ticket.id), window.location.href).href);
      notifications.show({ color: 'pine', message: t('shortcuts.palette.copied') });
    } catch {
      notifications.show({ color: 'red', message: t('shortcuts.palette.copyFailed') });
    }
  };

  return [
    ...(ticket.assignee?.id === user.id
      ? []
      : [
          {
            id: 'take',
            icon: IconUserCheck,
            name: t('console.assignToMe'),
            run: () => make({ field: 'assignee', to: user.id }),
          },
        ]),
    ...STATUSES.filter((status) => status !== ticket.status).map((status) => ({
      id: `status-${status}`,
      icon: STATUS_ICONS[status],
      name: t('shortcuts.palette.setStatus', { status: t(`tickets.status.${status}`) }),
      run: () => make({ field: 'status', to: status, clientId: newClientId() }),
    })),
    // Only pages with a secure address may write to the clipboard.
    ...('clipboard' in navigator
      ? [{ id: 'link', icon: IconLink, name: t('shortcuts.palette.copyLink'), run: () => void copyLink() }]
      : []),
  ];
}
