// Notifications of the browser: on or off, how they look, and why they may not come.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseAlerts, useAlertChoices } from '@/features/notifications/alerts/alertChoices';
import { askPermission, showBrowserNotification } from '@/features/notifications/alerts/browserNotification';
import { PreferenceRow } from './PreferenceRow';
import { useBrowserPermission } from './useBrowserPermission';

export function BrowserPreference() {
  const { t } = useTranslation();
  const { browser } = useAlertChoices();
  const permission = useBrowserPermission();
  const [hasFailed, setFailed] = useState(false);
  const [isUnanswered, setUnanswered] = useState(false);
  const isOn = browser && permission === 'granted' && !hasFailed;

  /** Asks first, if need be. What cannot be shown here is switched off rather than waited for in vain. */
  const show = async (): Promise<boolean> => {
    const answer = await askPermission();
    setUnanswered(answer === 'default');
    if (answer !== 'granted') return false;
    const isShown = showBrowserNotification({
      title: t('notifications.preferences.browser.sampleTitle'),
      text: t('notifications.preferences.browser.sampleText'),
      tag: 'sample',
    });
    setFailed(!isShown);
    if (!isShown) chooseAlerts({ browser: false });
    return isShown;
  };

  // The first one is shown at once: some browsers allow notifications that they then cannot show.
  const turn = async (isWanted: boolean) => chooseAlerts({ browser: isWanted && (await show()) });

  const problem = () => {
    if (permission === 'insecure') return t('notifications.preferences.browser.insecure');
    if (permission === 'unsupported' || hasFailed) return t('notifications.preferences.browser.unsupported');
    if (permission === 'denied') return t('notifications.preferences.browser.denied');
    return isUnanswered ? t('notifications.preferences.browser.unanswered') : null;
  };

  return (
    <PreferenceRow
      label={t('notifications.preferences.browser.label')}
      description={t('notifications.preferences.browser.text')}
      isOn={isOn}
      onSwitch={(isWanted) => void turn(isWanted)}
      onTest={() => void show()}
      testLabel={t('notifications.preferences.browser.test')}
      isImpossible={permission === 'insecure' || permission === 'unsupported' || hasFailed}
      problem={problem()}
    />
  );
}
