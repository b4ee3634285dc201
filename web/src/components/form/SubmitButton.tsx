// Sends an ApiForm. While the form has to wait it looks and says so, but keeps the focus.
import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props extends ButtonProps {
  api: { form: { isSubmitting: boolean }; wait: { isOn: boolean } | null };
  children: ReactNode;
}

export function SubmitButton({ api: { form, wait }, children, ...props }: Props) {
  return (
    <Button
      type="submit"
      loading={form.isSubmitting}
      data-disabled={wait?.isOn || undefined}
      aria-disabled={wait?.isOn || undefined}
      {...props}
    >
      {children}
    </Button>
  );
}
