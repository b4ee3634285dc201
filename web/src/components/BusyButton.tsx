// A button that keeps the focus while what it has started is under way.
import { Button, type ButtonProps, Loader } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

interface Props extends Omit<ButtonProps, 'loading' | 'disabled'> {
  isBusy: boolean;
  onClick: () => void;
  children: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function BusyButton({ isBusy, onClick, leftSection, ...look }: Props) {
  return (
    <Button
      {...look}
      aria-disabled={isBusy || undefined}
      data-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      leftSection={isBusy ? <Loader size={16} color="currentColor" aria-hidden /> : leftSection}
      onClick={() => {
        if (!isBusy) onClick();
      }}
    />
  );
}
