// A ticket as staff has it open: its head, the conversation, and the details at the side or, on a narrow screen, above.
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ticket } from '@/api/types';
import { forEver, keep, kept } from '@/components/kept';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { openTicket } from './openTicket';
import classes from './StaffTicket.module.css';
import { StaffTicketHeader } from './StaffTicketHeader';
import { useTicketChanges } from './useTicketChanges';

const TicketDetails = lazily(withTexts(['consoleTools'], () => import('./details/TicketDetails')));

const DETAILS_KEY = 'deskwire.console.details';

interface Props {
  ticket: Ticket;
  listPath: string;
  /** The conversation. */
  children: ReactNode;
}

export function StaffTicket({ ticket, listPath, children }: Props) {
  const { t } = useTranslation();
  const ticketChanges = useTicketChanges(ticket);
  const details = useDetails();
  openTicket.useAs({ ticket, make: ticketChanges.make });
  return (
    <>
      <StaffTicketHeader ticket={ticket} ticketChanges={ticketChanges} listPath={listPath} details={details} />
      <div className={classes.body} data-details={details.isOpen || undefined}>
        <div className={classes.conversation}>{children}</div>
        <aside id={details.id} className={classes.details} aria-label={t('console.details')}>
          {details.isOpen && (
            <Suspense fallback={null}>
              <TicketDetails ticket={ticket} changes={ticketChanges.changes} onChange={ticketChanges.make} />
            </Suspense>
          )}
        </aside>
      </div>
    </>
  );
}

/** Whether the details are shown: where there is room for them, unless the reader wants it otherwise. */
function useDetails() {
  const hasRoom = useMediaQuery('(min-width: 104em)', undefined, { getInitialValueInEffect: false });
  const [isWanted, setWanted] = useState(() => kept(forEver, DETAILS_KEY) !== 'closed');
  const [isPeeked, setPeeked] = useState(false);
  const isOpen = hasRoom ? isWanted : isPeeked;
  return {
    id: useId(),
    isOpen,
    toggle: () => {
      if (!hasRoom) return setPeeked(!isOpen);
      setWanted(!isOpen);
      keep(forEver, DETAILS_KEY, isOpen ? 'closed' : null);
    },
  };
}
