// The frame of every page behind the sign-in: header, connection banner, content.
import './signedInStore';
import { Button, Group, Text } from '@mantine/core';
import { type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useMatch } from 'react-router';
import { useUser } from '@/api/useUser';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { lazily } from '@/components/lazily';
import { Logo } from '@/components/Logo';
import { withTexts } from '@/config/i18n';
import { SocketProvider } from '@/realtime/SocketProvider';
import { homeOf, ticketIdIn } from './paths';
import classes from './Shell.module.css';
import { useTicketPath } from './useTicketPath';

// Nothing on the first screen waits for these.
const HeaderTools = lazily(withTexts(['account', 'conversation', 'notifications', 'tickets'], () => import('./HeaderTools')));
const ConnectionBanner = lazily(() => import('./ConnectionBanner'));

/** Until what could not be loaded is asked for again. */
const AGAIN_MS = 10_000;

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const user = useUser();
  const ticketPath = useTicketPath();
  const content = useRef<HTMLElement>(null);
  useFocusAfterNavigation(content);
  const openTicketId = ticketIdIn(useMatch(`${homeOf(user)}/tickets/:id`)?.params.id);

  return (
    // Another user gets another socket.
    <SocketProvider key={user.id}>
      <div className={classes.shell}>
        <a href="#content" className={classes.skip}>
          {t('shell.skip')}
        </a>
        <header className={classes.header}>
          <Link to={homeOf(user)} className={classes.home} aria-label={t('shell.home')}>
            <Logo size={28} />
            <Text component="span" fw={700} aria-hidden>
              {t('shell.product')}
            </Text>
          </Link>
          <Group gap={4} wrap="nowrap">
            <ErrorBoundary instead={(retry) => <Missing onRetry={retry} hasButton />}>
              <Suspense fallback={null}>
                <HeaderTools openTicketId={openTicketId} ticketPath={ticketPath} />
              </Suspense>
            </ErrorBoundary>
          </Group>
        </header>
        <main id="content" ref={content} className={classes.main} tabIndex={-1}>
          <ErrorBoundary instead={(retry) => <Missing onRetry={retry} />}>
            <Suspense fallback={null}>
              <ConnectionBanner />
            </Suspense>
          </ErrorBoundary>
          <Suspense fallback={null}>{children}</Suspense>
        </main>
      </div>
    </SocketProvider>
  );
}

/** In the place of what could not be loaded. The page goes on without it; it is tried again by itself, too. */
function Missing({ onRetry, hasButton = false }: { onRetry: () => void; hasButton?: boolean }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(onRetry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [onRetry]);
  return hasButton && <Button onClick={onRetry}>{t('shell.retry')}</Button>;
}

/** A page that goes takes the focus with it; then the next page gets it. */
function useFocusAfterNavigation(content: RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const focused = document.activeElement;
    const isLost = focused === document.body || (focused instanceof HTMLElement && focused.offsetParent === null);
    if (isLost) content.current?.focus();
  }, [pathname, content]);
}
