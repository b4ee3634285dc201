// Mantine's modal as it is used here: in place, where its header is none of the page.
import { Modal, type ModalProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Dialog(props: ModalProps) {
  const { t } = useTranslation();
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      withinPortal={false}
      styles={{ inner: { insetInlineStart: 0 } }}
      centered
      radius="lg"
      {...props}
    />
  );
}
