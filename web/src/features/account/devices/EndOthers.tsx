// Signs all other devices out, after a question.
import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** How many other devices there are. */
  count: number;
  onEnd: () => Promise<void>;
}

export function EndOthers({ count, onEnd }: Props) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [isEnding, setEnding] = useState(false);
  const close = () => setAsking(false);

  const end = async () => {
    setEnding(true);
    setAsking(false);
    await onEnd();
    setEnding(false);
  };

  return (
    <>
      {count === 0 ? (
        <Text size="sm" c="dimmed">
          {t('settings.devices.onlyThis')}
        </Text>
      ) : (
        <Button variant="outline" loading={isEnding} onClick={() => setAsking(true)} style={{ alignSelf: 'flex-start' }}>
          {t('settings.devices.endOthers')}
        </Button>
      )}
      <Modal
        opened={isAsking}
        onClose={close}
        title={t('settings.devices.endOthersTitle')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        // In place, its header is none of the page.
        withinPortal={false}
        styles={{ inner: { insetInlineStart: 0 } }}
        centered
        radius="lg"
      >
        <Text mb="lg">{t('settings.devices.endOthersText', { count })}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t('settings.devices.keep')}
          </Button>
          <Button onClick={() => void end()}>{t('settings.devices.endOthers')}</Button>
        </Group>
      </Modal>
    </>
  );
}
