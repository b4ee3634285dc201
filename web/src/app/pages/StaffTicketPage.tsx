// One ticket, for staff.
import '@/app/conversationStore';
import { useParams, useSearchParams } from 'react-router';
import { NotFound } from '@/app/NotFound';
import { ticketIdIn } from '@/app/paths';
import { Conversation } from '@/features/conversation/Conversation';
import { StaffTicketHeader } from '@/features/tickets/staff/StaffTicketHeader';
import classes from './Page.module.css';
import { TicketLoader } from './TicketLoader';

export default function StaffTicketPage() {
  const id = ticketIdIn(useParams().id);
  const [parameters] = useSearchParams();
  const view = parameters.get('view');
  if (id === null) return <NotFound />;
  return (
    <div className={`${classes.pane} ${classes.ruled}`} style={{ flex: 1 }}>
      <TicketLoader key={id} id={id}>
        {({ ticket, participants, read_seq }) => (
          <>
            <StaffTicketHeader ticket={ticket} listPath={view ? `/admin?view=${view}` : '/admin'} />
            <Conversation ticket={ticket} participants={participants} readSeq={read_seq} />
          </>
        )}
      </TicketLoader>
    </div>
  );
}
