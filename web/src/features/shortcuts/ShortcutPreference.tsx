// The choice whether the keys do anything in this browser.
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/components/Section';
import { switchShortcuts, useShortcutsAreOn } from './choice';

export function ShortcutPreference() {
  const { t } = useTranslation();
  return (
    <Section title={t('shortcuts.title')} text={t('shortcuts.preference.text')}>
      <Switch
        label={t('shortcuts.preference.label')}
        description={t('shortcuts.preference.hint')}
        checked={useShortcutsAreOn()}
        onChange={({ currentTarget }) => switchShortcuts(currentTarget.checked)}
      />
    </Section>
  );
}
