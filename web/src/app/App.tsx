// Providers around the routes.
import { MantineProvider } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from '@/components/ErrorBoundary';
import { cssVariables, themeIn } from '@/config/theme';
import { AppRoutes } from './AppRoutes';
import { Crash } from './Crash';
import { SessionGate } from './SessionGate';
import { store } from './store';

export function App() {
  return (
    <Provider store={store}>
      <Themed>
        <BrowserRouter>
          <ErrorBoundary instead={(retry) => <Crash onRetry={retry} />}>
            <SessionGate>
              <AppRoutes />
            </SessionGate>
          </ErrorBoundary>
        </BrowserRouter>
      </Themed>
    </Provider>
  );
}

function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const theme = useMemo(() => themeIn(t), [t]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
