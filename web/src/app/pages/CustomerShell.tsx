import { Outlet } from 'react-router';
import { Shell } from '@/app/Shell';

export default function CustomerShell() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}
