// A page that does not exist.
import { Center } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { Notice } from '@/components/Notice';
import { useDocumentTitle } from '@/components/documentTitle';

export function NotFound() {
  const { t } = useTranslation();
  useDocumentTitle(t('shell.notFound.title'));
  return (
    <Center component="main" mih="100dvh">
      <Notice icon={IconMapOff} order={1} title={t('shell.notFound.title')} text={t('shell.notFound.text')}>
        <LinkButton to="/" mt="xs">
          {t('shell.notFound.home')}
        </LinkButton>
      </Notice>
    </Center>
  );
}
