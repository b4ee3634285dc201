// The frame of a form: what failed as a whole, the fields, and focus on the first field that is wrong.
import { Alert, Stack } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { type FormikContextType, FormikProvider } from 'formik';
import { type ReactNode, useEffect, useRef } from 'react';

interface Props<Values> {
  form: FormikContextType<Values>;
  failure: string | null;
  children: ReactNode;
}

export function ApiForm<Values extends Record<string, string>>({ form, failure, children }: Props<Values>) {
  const element = useRef<HTMLFormElement>(null);
  const { submitCount, isSubmitting } = form;

  useEffect(() => {
    if (submitCount > 0 && !isSubmitting) {
      element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }
  }, [submitCount, isSubmitting]);

  return (
    <FormikProvider value={form}>
      <form ref={element} onSubmit={form.handleSubmit} noValidate>
        <Stack gap="md">
          {failure && (
            <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
              {failure}
            </Alert>
          )}
          {children}
        </Stack>
      </form>
    </FormikProvider>
  );
}
