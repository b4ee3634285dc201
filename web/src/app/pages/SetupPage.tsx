// Makes the first admin. The token leaves the address bar at once, and with it the history.
import { useEffect, useState } from 'react';
import { SetupForm } from '@/features/account/SetupForm';
import { setupToken } from '@/features/account/setupToken';

export default function SetupPage() {
  const [token] = useState(() => setupToken(window.location));
  useEffect(() => {
    if (token !== null) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, [token]);
  return <SetupForm token={token} />;
}
