// A fault of the interface does not leave an empty page.
import { Button, Center, Group } from '@mantine/core';
import { IconMoodConfuzed } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/components/Notice';

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return <Crash onRetry={() => this.setState({ hasFailed: false })} />;
  }
}

function Crash({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Center component="main" mih="100dvh">
      <Notice icon={IconMoodConfuzed} order={1} title={t('shell.crash.title')} text={t('shell.crash.text')} urgent>
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
