// One ticket, for staff.
import '@/app/conversationStore';
import { Suspense } from 'react';
import { useLocation, useParams } from 'react-router';
import { NotFound } from '@/app/NotFound';
import { ticketIdIn } from '@/app/paths';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { Conversation } from '@/features/conversation/Conversation';
import { StaffTicket } from '@/features/tickets/staff/StaffTicket';
import classes from './Page.module.css';
import { TicketLoader } from './TicketLoader';

const ComposerAid = lazily(withTexts(['catalogue'], () => import('@/app/ComposerAid')));

export default function StaffTicketPage() {
  const id = ticketIdIn(useParams().id);
  const { search } = useLocation();
  if (id === null) return <NotFound />;
  return (
    <div className={`${classes.pane} ${classes.ruled}`} style={{ flex: 1 }}>
      <TicketLoader key={id} id={id}>
        {({ ticket, participants, read_seq }) => (
          <StaffTicket ticket={ticket} listPath={`/admin${search}`}>
            <Conversation
              ticket={ticket}
              participants={participants}
              readSeq={read_seq}
              aid={(insert) => (
                <Suspense fallback={null}>
                  <ComposerAid ticket={ticket} insert={insert} />
                </Suspense>
              )}
            />
          </StaffTicket>
        )}
      </TicketLoader>
    </div>
  );
}
