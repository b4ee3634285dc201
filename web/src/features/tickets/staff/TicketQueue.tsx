// Staff's list of tickets. It grows live and never moves what is under the pointer.
import { Box, Button, Center, Loader, Title } from '@mantine/core';
import { IconArrowUp, IconChecks, IconFilterOff, IconInbox } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '@/components/FailureNotice';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import { useSteadyList } from '@/features/tickets/steadyList';
import rowClasses from '@/features/tickets/ticketRow.module.css';
import { useTicketList } from '@/features/tickets/useTicketList';
import { ViewLinks } from '@/features/tickets/ViewLinks';
import { type View, VIEWS } from '@/features/tickets/views';
import { QueueRow } from './QueueRow';
import classes from './TicketQueue.module.css';

interface Props {
  view: View;
}

/** `isBeside`: a ticket is open beside it, whose title is the page's. */
export function TicketQueue({ view, isBeside }: Props & { isBeside: boolean }) {
  const { t } = useTranslation();
  const views = VIEWS.map((value) => ({ view: value, name: t(`console.views.${value}`), search: `?view=${value}` }));
  return (
    <section className={classes.queue} aria-label={t('console.list')}>
      <header className={classes.head}>
        <Title order={isBeside ? 2 : 1} size="h2">
          {t('console.title')}
        </Title>
        <Box mt={6}>
          <ViewLinks label={t('console.filter')} views={views} chosen={view} />
        </Box>
      </header>
      <Rows key={view} view={view} />
    </section>
  );
}

function Rows({ view }: Props) {
  const { t } = useTranslation();
  const { tickets, loaded, failure, hasMore, isLoadingMore, loadMore, retry } = useTicketList(view);
  const [pointed, setPointed] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const { rows, waiting, show } = useSteadyList(tickets ?? [], loaded, pointed || scrolled);

  if (failure) return <FailureNotice title={t('tickets.listFailed')} failure={failure} onRetry={retry} />;
  if (!tickets) {
    return (
      <Center p="xl">
        <Loader aria-label={t('shell.loading')} />
      </Center>
    );
  }
  if (rows.length === 0) return <Empty view={view} />;

  const showWaiting = () => {
    show();
    pane.current?.scrollTo({ top: 0 });
  };

  return (
    <>
      <div role="status" className={classes.pill}>
        {waiting > 0 && (
          <Button size="xs" radius="xl" onClick={showWaiting} leftSection={<IconArrowUp size={14} aria-hidden />}>
            {t('console.arrived', { count: waiting })}
          </Button>
        )}
      </div>
      <div
        ref={pane}
        className={classes.rows}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop > 0)}
      >
        <ul className={rowClasses.list}>
          {rows.map((ticket) => (
            <li key={ticket.id}>
              <QueueRow ticket={ticket} view={view} />
            </li>
          ))}
        </ul>
        {hasMore && (
          <Center p="md">
            <Button variant="default" onClick={loadMore} loading={isLoadingMore}>
              {t('console.more')}
            </Button>
          </Center>
        )}
      </div>
    </>
  );
}

/** None yet, no match, all done: each says what to do. */
function Empty({ view }: Props) {
  const { t } = useTranslation();
  if (view === 'all') return <Notice icon={IconInbox} title={t('console.none')} text={t('console.noneText')} />;
  const [icon, title, text] =
    view === 'active'
      ? [IconChecks, t('console.done'), t('console.doneText')]
      : [IconFilterOff, t('console.noMatch'), t('console.noMatchText')];
  return (
    <Notice icon={icon} title={title} text={text}>
      <LinkButton variant="default" mt="xs" to={{ search: '?view=all' }} replace>
        {t('console.showAll')}
      </LinkButton>
    </Notice>
  );
}
