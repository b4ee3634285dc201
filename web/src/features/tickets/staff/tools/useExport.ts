// The export of the list: under way, done or failed, said in a message that stays until it is over.
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '@/api/download';
import { failureText } from '@/components/form/fieldErrors';
import { exportTickets, nameOfToday } from './exporting';

export function useExport(): { isExporting: boolean; start: (address: URLSearchParams) => void } {
  const { t } = useTranslation();
  const [isExporting, setExporting] = useState(false);

  const start = async (address: URLSearchParams) => {
    setExporting(true);
    const id = notifications.show({
      loading: true,
      autoClose: false,
      withCloseButton: false,
      title: t('consoleTools.tools.exporting'),
      message: t('consoleTools.tools.exportingText'),
    });
    const over = { id, loading: false, withCloseButton: true };
    try {
      const file = await exportTickets(address);
      const name = file.name ?? nameOfToday(new Date());
      save(file, name);
      const title = t('consoleTools.tools.exported');
      if (file.isTruncated) {
        const message = t('consoleTools.tools.exportedPartText', { name });
        notifications.update({ ...over, color: 'yellow', title, message });
      } else {
        const message = t('consoleTools.tools.exportedText', { name });
        notifications.update({ ...over, color: 'pine', autoClose: 6_000, title, message });
      }
    } catch (failure) {
      const message = failureText(t, failure);
      notifications.update({ ...over, color: 'red', title: t('consoleTools.tools.exportFailed'), message });
    } finally {
      setExporting(false);
    }
  };

  return { isExporting, start: (address) => void start(address) };
}
