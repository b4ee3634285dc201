// One shell around all pages behind the sign-in, so that the connection outlives the way from page to page.
import { Outlet } from 'react-router';
import { Shell } from '@/app/Shell';

export default function SignedInShell() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
