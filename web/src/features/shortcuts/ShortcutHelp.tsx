// The help to the keyboard.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/Dialog';
import { LinkText } from '@/components/LinkButton';
import { ShortcutList } from './ShortcutList';

interface Props {
  accountPath: string;
  onClose: () => void;
}

export default function ShortcutHelp({ accountPath, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('shortcuts.title')}
      // Below the page's content, where its header is none of the page.
      withinPortal
      portalProps={{ target: '#content' }}
    >
      <ShortcutList />
      <Text size="sm" c="dimmed" mt="lg">
        {t('shortcuts.helpText')}{' '}
        <LinkText to={accountPath} size="sm" underline="always" onClick={onClose}>
          {t('shortcuts.toAccount')}
        </LinkText>
      </Text>
    </Dialog>
  );
}
