// Staff's console: the list, and beside it the ticket. A narrow screen shows one of them.
import { IconMessages } from '@tabler/icons-react';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useParams, useSearchParams } from 'react-router';
import { useDocumentTitle } from '@/components/documentTitle';
import { Notice } from '@/components/Notice';
import { TicketQueue } from '@/features/tickets/staff/TicketQueue';
import { isView, type View } from '@/features/tickets/views';
import classes from './Page.module.css';

export default function ConsolePage() {
  const { id } = useParams();
  const [parameters] = useSearchParams();
  const chosen = parameters.get('view');
  const view: View = isView(chosen) ? chosen : 'active';

  return (
    <div className={classes.panes} data-open={id !== undefined || undefined}>
      <div className={classes.pane}>
        <TicketQueue view={view} isBeside={id !== undefined} />
      </div>
      <div className={classes.pane}>
        {id === undefined ? (
          <NothingOpen />
        ) : (
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function NothingOpen() {
  const { t } = useTranslation();
  useDocumentTitle(t('console.title'));
  return <Notice icon={IconMessages} title={t('console.pick')} text={t('console.pickText')} />;
}
