// The status of a ticket, to be set. What is chosen shows at once; a refusal puts it back and says why.
import { Button, Group, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '@/api/clientId';
import type { Status, Ticket } from '@/api/types';
import { failureText } from '@/components/form/fieldErrors';
import { STATUS_ICONS, StatusBadge } from '@/components/StatusBadge';
import { useSetStatusMutation } from '@/features/tickets/ticketsApi';

const STATUSES = Object.keys(STATUS_ICONS) as Status[];

export function StatusSelect({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const [setStatus, { isLoading, originalArgs }] = useSetStatusMutation();
  const shown = isLoading && originalArgs ? originalArgs.request.status : ticket.status;

  const choose = async (status: Status) => {
    if (status === ticket.status) return;
    const request = { status, client_id: newClientId(), seen_seq: ticket.head_seq };
    const answer = await setStatus({ id: ticket.id, request });
    if (!answer.error) return;
    const message = failureText(t, answer.error);
    notifications.show({ color: 'red', title: t('console.statusFailed'), message });
  };

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          pl={8}
          aria-label={`${t('console.status')}: ${t(`tickets.status.${shown}`)}`}
          aria-busy={isLoading}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          <StatusBadge status={shown} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={ticket.status} onChange={(status) => void choose(status as Status)}>
          {STATUSES.map((status) => {
            const Icon = STATUS_ICONS[status];
            return (
              <Menu.RadioItem key={status} value={status} closeMenuOnClick>
                <Group gap="xs" wrap="nowrap">
                  <Icon size={16} aria-hidden />
                  {t(`tickets.status.${status}`)}
                </Group>
              </Menu.RadioItem>
            );
          })}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
