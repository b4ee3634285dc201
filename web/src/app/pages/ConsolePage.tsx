// Staff's console: views, the list, and beside it the ticket. A narrow screen shows one of them.
import { useMediaQuery } from '@mantine/hooks';
import { IconMessages } from '@tabler/icons-react';
import { Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useMatch } from 'react-router';
import { AdminNav } from '@/app/AdminNav';
import { useDocumentTitle } from '@/components/documentTitle';
import { forEver, keep, kept } from '@/components/kept';
import { Notice } from '@/components/Notice';
import { TicketQueue } from '@/features/tickets/staff/TicketQueue';
import { ViewNav } from '@/features/tickets/staff/ViewNav';
import classes from './ConsolePage.module.css';

const NAV_KEY = 'deskwire.console.nav';

export default function ConsolePage() {
  const nav = useNav();
  // A ticket, or a new one.
  const isOpen = useMatch('/admin/tickets/:id') !== null;
  return (
    <>
      <div className={classes.parts} data-open={isOpen || undefined}>
        <AdminNav />
      </div>
      <div className={classes.panes} data-open={isOpen || undefined} data-nav={nav.isOpen || undefined}>
        <aside id={nav.id} className={classes.nav}>
          {nav.isOpen && <ViewNav />}
        </aside>
        <div className={classes.list}>
          <TicketQueue isBeside={isOpen} nav={nav} />
        </div>
        <div className={classes.ticket}>
          {isOpen ? (
            <Suspense fallback={null}>
              <Outlet />
            </Suspense>
          ) : (
            <NothingOpen />
          )}
        </div>
      </div>
    </>
  );
}

/** Whether the views are shown: where there is room for them, unless the reader wants it otherwise. */
function useNav() {
  const hasRoom = useMediaQuery('(min-width: 88em)', undefined, { getInitialValueInEffect: false });
  const [choice, setChoice] = useState<'open' | 'closed' | null>(() => {
    const text = kept(forEver, NAV_KEY);
    return text === 'open' || text === 'closed' ? text : null;
  });
  // On a narrow screen they are opened for a moment, not for good.
  const isOpen = hasRoom ? choice !== 'closed' : choice === 'open';
  return {
    id: useId(),
    isOpen,
    toggle: () => {
      const next = isOpen ? 'closed' : 'open';
      setChoice(next);
      if (hasRoom) keep(forEver, NAV_KEY, next);
    },
  };
}

function NothingOpen() {
  const { t } = useTranslation();
  useDocumentTitle(t('console.title'));
  return <Notice icon={IconMessages} title={t('console.pick')} text={t('console.pickText')} />;
}
