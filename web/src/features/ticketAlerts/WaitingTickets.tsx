// How many new tickets nobody of staff has taken notice of yet, and which; in other colours and words once they call again.
import { Button, Popover, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconBellRinging } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Alert } from '@/api/types';
import { RelativeTime } from '@/components/RelativeTime';
import { useFocusKept } from '@/components/useFocusKept';
import { startAlertListeners } from './alertEvents';
import { useOpenAlertsQuery } from './alertsApi';
import { useAnnounced } from './useAnnounced';
import classes from './WaitingTickets.module.css';

interface Props {
  ticketPath: (ticketId: number) => string;
}

export default function WaitingTickets({ ticketPath }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { data } = useOpenAlertsQuery(undefined, { refetchOnMountOrArgChange: true });
  const waiting = data?.alerts ?? [];
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const focusKept = useFocusKept(title);
  const said = useAnnounced();
  useEffect(startAlertListeners, []);

  const isLoud = waiting.some(({ level }) => level > 0);
  const Icon = isLoud ? IconAlertTriangle : IconBellRinging;
  const shown = data?.more ? `${waiting.length}+` : `${waiting.length}`;
  const words = { count: waiting.length, shown };
  return (
    <>
      <VisuallyHidden aria-live="assertive">{said}</VisuallyHidden>
      {waiting.length > 0 && (
        <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
          <Popover.Target>
            <Button
              size="compact-sm"
              variant={isLoud ? 'filled' : 'default'}
              color="red.8"
              className={classes.button}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => setOpen(!isOpen)}
            >
              <span className={classes.words}>
                {isLoud ? t('ticketAlerts.stillWaiting', words) : t('ticketAlerts.waiting', words)}
              </span>
              <span className={classes.short} aria-hidden>
                {shown}
              </span>
            </Button>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-labelledby={titleId}>
            <Title order={2} size="h4" id={titleId} ref={title} tabIndex={-1} px="md" pt="sm">
              {t('ticketAlerts.title')}
            </Title>
            <Text size="xs" c="dimmed" px="md" pb="xs">
              {t('ticketAlerts.text')}
            </Text>
            <ul className={classes.list}>
              {waiting.map((alert) => (
                <li key={alert.ticket_id} ref={focusKept}>
                  <WaitingTicket alert={alert} to={ticketPath(alert.ticket_id)} onChoose={() => setOpen(false)} />
                </li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

function WaitingTicket({ alert, to, onChoose }: { alert: Alert; to: string; onChoose: () => void }) {
  const { t } = useTranslation();
  const { ticket_id: id, title, level, raised_at } = alert;
  return (
    <Link to={to} className={classes.ticket} data-loud={level > 0 || undefined} onClick={onChoose}>
      <Text span size="sm" fw={600} className={classes.title}>
        {title}
      </Text>
      <Text span size="xs" c="dimmed">
        {t('tickets.number', { id })} · <RelativeTime at={raised_at} />
      </Text>
      {level > 0 && (
        <Text span size="xs" fw={600} className={classes.loud}>
          <IconAlertTriangle size={14} aria-hidden />
          {t('ticketAlerts.repeated', { count: level })}
        </Text>
      )}
    </Link>
  );
}
