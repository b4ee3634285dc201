// The frame of a form: what failed as a whole, the fields, and focus on the first field that is wrong.
import { Alert, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { FormikProvider } from 'formik';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiFormState } from './useApiForm';

/** Most forms never need it. */
const WaitNotice = lazy(() => import('./WaitNotice').catch(() => ({ default: TooManyTries })));

interface Props<Values> {
  api: ApiFormState<Values>;
  /** Of a page with several forms. */
  label?: string;
  children: ReactNode;
}

export function ApiForm<Values extends Record<string, string>>({ api, label, children }: Props<Values>) {
  const element = useRef<HTMLFormElement>(null);
  const { form, failure, wait } = api;
  const { submitCount, isSubmitting } = form;

  useEffect(() => {
    if (submitCount > 0 && !isSubmitting) {
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [submitCount, isSubmitting]);

  return (
    <FormikProvider value={form}>
      <form ref={element} onSubmit={form.handleSubmit} noValidate aria-label={label}>
        <Stack gap="md">
          {failure && <Failed text={failure} />}
          {wait && (
            <Suspense fallback={null}>
              {/* A new one is heard anew. */}
              <WaitNotice key={`${wait.until} ${wait.reminders}`} until={wait.until} />
            </Suspense>
          )}
          {children}
        </Stack>
      </form>
    </FormikProvider>
  );
}

function Failed({ text }: { text: string }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
      {text}
    </Alert>
  );
}

function TooManyTries() {
  const { t } = useTranslation();
  return <Failed text={t('failure.rate_limited')} />;
}
