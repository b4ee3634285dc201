// One ticket, for its customer.
import '@/app/closingStore';
import '@/app/conversationStore';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFound } from '@/app/NotFound';
import { ticketIdIn } from '@/app/paths';
import { LinkButton } from '@/components/LinkButton';
import { Conversation } from '@/features/conversation/Conversation';
import { MyTicketHeader } from '@/features/tickets/customer/MyTicketHeader';
import classes from './Page.module.css';
import { TicketLoader } from './TicketLoader';

export default function MyTicketPage() {
  const { t } = useTranslation();
  const id = ticketIdIn(useParams().id);
  if (id === null) return <NotFound />;
  return (
    <div className={`${classes.fills} ${classes.ruled}`}>
      <TicketLoader key={id} id={id}>
        {({ ticket, participants, read_seq }) => (
          <>
            <MyTicketHeader ticket={ticket} />
            <Conversation
              ticket={ticket}
              participants={participants}
              readSeq={read_seq}
              closedAction={
                <LinkButton to={`/tickets/new?follows=${id}`} size="sm">
                  {t('tickets.followUp')}
                </LinkButton>
              }
            />
          </>
        )}
      </TicketLoader>
    </div>
  );
}
