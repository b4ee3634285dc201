// The sound: on or off, and how it sounds.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseAlerts, useAlertChoices } from '@/features/notifications/alerts/alertChoices';
import { playSound, unlockSound } from '@/features/notifications/alerts/sound';
import { PreferenceRow } from './PreferenceRow';

export function SoundPreference() {
  const { t } = useTranslation();
  const { sound } = useAlertChoices();
  const [isSilent, setSilent] = useState(false);

  const test = async () => {
    const isPossible = await unlockSound();
    setSilent(!isPossible);
    if (isPossible) playSound();
  };

  return (
    <PreferenceRow
      label={t('notifications.preferences.sound.label')}
      description={t('notifications.preferences.sound.text')}
      isOn={sound}
      onSwitch={(isOn) => chooseAlerts({ sound: isOn })}
      onTest={() => void test()}
      testLabel={t('notifications.preferences.sound.test')}
      problem={isSilent ? t('notifications.preferences.sound.silent') : null}
    />
  );
}
