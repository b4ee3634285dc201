// The head of a ticket for staff: what it is, whose it is, and where it stands.
import { ActionIcon, Box, Group, Text } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { newClientId } from '@/api/clientId';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { LinkText } from '@/components/LinkButton';
import { StaleNotice } from '@/components/StaleNotice';
import { useFocusKept } from '@/components/useFocusKept';
import { useFocusOnArrival } from '@/components/useFocusOnArrival';
import { BackLink } from '@/features/tickets/BackLink';
import { PriorityFlag } from '@/features/tickets/PriorityFlag';
import { Assignee } from './Assignee';
import { type Change, type Field, NO_CHANGES } from './changes';
import { EditableHeading } from './EditableHeading';
import { StatusSelect } from './StatusSelect';
import { useFocusOnOpening } from './useFocusOnOpening';
import type { TicketChanges } from './useTicketChanges';

interface Props {
  ticket: Ticket;
  ticketChanges: TicketChanges;
  /** Where "all tickets" leads. */
  listPath: string;
  details: { id: string; isOpen: boolean; toggle: () => void };
}

const FIELDS = Object.keys(NO_CHANGES) as Field[];

export function StaffTicketHeader({ ticket, ticketChanges, listPath, details }: Props) {
  const { t } = useTranslation();
  const userId = useUser().id;
  const { search } = useLocation();
  const { changes, make, insist, giveUp } = ticketChanges;
  const heading = useRef<HTMLHeadingElement>(null);
  const focusKept = useFocusKept(heading);
  useFocusOnOpening(heading);
  useFocusOnArrival(heading);
  const { status, assignee } = changes;
  const wished = status.underWay?.field === 'status' ? status.underWay.to : null;

  const insistLabel = (change: Change) => {
    if (change.field === 'status') return t('console.statusAnyway', { status: t(`tickets.status.${change.to}`) });
    return change.field === 'assignee' && change.to === userId ? t('console.assignAnyway') : t('console.changeAnyway');
  };

  return (
    <>
      <Box component="header" px="md" py="sm">
        <BackLink to={listPath} onlyNarrow>
          {t('console.back')}
        </BackLink>
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box flex={1} miw={220}>
            <EditableHeading
              ticket={ticket}
              change={changes.title.underWay}
              onRename={(to) => make({ field: 'title', to })}
              ref={heading}
            />
            <Group gap="xs" mt={4}>
              {ticket.priority !== 'normal' && <PriorityFlag priority={ticket.priority} />}
              <Text size="sm" c="dimmed">
                {t('console.requester', { name: ticket.requester.name })}
                {ticket.category && ` · ${ticket.category.name}`} · {t(`console.waiting.${ticket.waiting_on}`)}
              </Text>
            </Group>
            {ticket.follows_id != null && (
              <LinkText to={`/admin/tickets/${ticket.follows_id}${search}`} size="sm">
                {t('tickets.followsUp', { id: ticket.follows_id })}
              </LinkText>
            )}
          </Box>
          <Group gap="xs">
            <Assignee
              ticket={ticket}
              isMine={ticket.assignee?.id === userId}
              isBusy={assignee.underWay !== null}
              onTake={() => make({ field: 'assignee', to: userId })}
              ref={focusKept}
            />
            <StatusSelect
              status={ticket.status}
              wished={wished}
              onChoose={(to) => make({ field: 'status', to, clientId: newClientId() })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('console.details')}
              aria-expanded={details.isOpen}
              aria-controls={details.id}
              onClick={details.toggle}
            >
              <IconLayoutSidebarRight size={20} aria-hidden />
            </ActionIcon>
          </Group>
        </Group>
      </Box>
      {FIELDS.map((field) => {
        const { refusal, underWay } = changes[field];
        return (
          refusal && (
            <StaleNotice
              key={field}
              ref={focusKept}
              missed={refusal.missed}
              insistLabel={insistLabel(refusal.change)}
              isInsisting={underWay !== null}
              onInsist={() => insist(refusal)}
              onLeave={() => giveUp(refusal)}
            />
          )
        );
      })}
    </>
  );
}
