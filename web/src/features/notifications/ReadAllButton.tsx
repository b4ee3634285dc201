// Marks every notification as read, also those that are not on the screen.
import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { failureText } from '@/components/form/fieldErrors';
import { useReadAllNotificationsMutation } from './notificationsApi';
import { useNotifications } from './useNotifications';

interface Props extends ButtonProps {
  /** The button is about to go: the focus needs another place. */
  onDone: () => void;
}

export function ReadAllButton({ onDone, ...look }: Props) {
  const { t } = useTranslation();
  const { pages, unread } = useNotifications();
  const [readAll, { isLoading }] = useReadAllNotificationsMutation();
  const latest = pages?.[0]?.items[0];
  if (unread === 0 || !latest) return null;

  const read = async () => {
    try {
      await readAll(latest.id).unwrap();
      onDone();
    } catch (failure) {
      notifications.show({
        color: 'red',
        title: t('notifications.readAllFailed'),
        message: failureText(t, failure),
      });
    }
  };

  return (
    <Button {...look} loading={isLoading} onClick={() => void read()}>
      {t('notifications.readAll')}
    </Button>
  );
}
