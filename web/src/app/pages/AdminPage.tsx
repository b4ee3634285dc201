// The frame of the admin's pages beside the console: the parts above, the page below, which scrolls by itself.
import { Container } from '@mantine/core';
import { Suspense, useRef } from 'react';
import { Outlet, useLocation } from 'react-router';
import { AdminNav } from '@/app/AdminNav';
import { useScrollKept } from '@/app/useScrollKept';
import classes from './Page.module.css';

export default function AdminPage() {
  const { pathname } = useLocation();
  return (
    <>
      <AdminNav />
      {/* Each page begins at its top. */}
      <Scrolling key={pathname} />
    </>
  );
}

function Scrolling() {
  const element = useRef<HTMLDivElement>(null);
  useScrollKept(element);
  return (
    <div className={classes.scrolls} ref={element}>
      <Container size="lg" py="lg">
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </Container>
    </div>
  );
}
