// A fault of the interface does not leave an empty page.
import { Button, Center, Group } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/components/Notice';

export function Crash({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh">
      <Notice icon={IconCloudOff} order={1} title={t('shell.crash.title')} text={t('shell.crash.text')} urgent>
        <Group mt="xs">
          <Button onClick={onRetry}>{t('shell.retry')}</Button>
          {/* A plain link: loading the page anew is the point. */}
          <Button component="a" href="/" variant="default">
            {t('shell.notFound.home')}
          </Button>
        </Group>
      </Notice>
    </Center>
  );
}
