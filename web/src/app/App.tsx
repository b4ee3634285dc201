// Providers around the routes.
import { MantineProvider } from '@mantine/core';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';
import { cssVariables, theme } from '@/config/theme';
import { AppRoutes } from './AppRoutes';
import { ErrorBoundary } from './ErrorBoundary';
import { SessionGate } from './SessionGate';
import { store } from './store';

export function App() {
  return (
    <Provider store={store}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <BrowserRouter>
          <ErrorBoundary>
            <SessionGate>
              <AppRoutes />
            </SessionGate>
          </ErrorBoundary>
        </BrowserRouter>
      </MantineProvider>
    </Provider>
  );
}
