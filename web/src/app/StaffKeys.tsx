// The keyboard of staff, on every page: the shortcuts and the palette.
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { lazily } from '@/components/lazily';
import { withTexts } from '@/config/i18n';
import { Shortcuts } from '@/features/shortcuts/Shortcuts';
import { ACCOUNT_PATH } from './paths';

const importPalette = withTexts(['console', 'consoleTools', 'tickets'], () => import('./palette/StaffPalette'));
const StaffPalette = lazily(importPalette);

/** Time for the page to do what it was opened for. */
const IDLE_MS = 3_000;

export default function StaffKeys({ openTicketId }: { openTicketId: number | null }) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();

  // So that it is there at once when it is asked for. What fails here fails again then, and is said.
  useEffect(() => {
    const timer = setTimeout(() => {
      importPalette().catch(() => undefined);
    }, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);

  const back = () => {
    if (openTicketId === null && pathname !== '/admin/tickets/new') return false;
    void navigate(`/admin${search}`);
    return true;
  };

  return (
    <Shortcuts
      onBack={back}
      accountPath={ACCOUNT_PATH}
      palette={(controls) => <StaffPalette {...controls} />}
    />
  );
}
