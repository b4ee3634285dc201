// A part of a screen that could not be loaded, with a way to try again.
import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureText } from './form/fieldErrors';
import { Notice } from './Notice';

interface Props {
  title: string;
  failure: unknown;
  onRetry: () => void;
}

export function FailureNotice({ title, failure, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <Notice icon={IconCloudOff} title={title} text={failureText(t, failure)} urgent>
      <Button variant="default" onClick={onRetry} mt="xs">
        {t('shell.retry')}
      </Button>
    </Notice>
  );
}
