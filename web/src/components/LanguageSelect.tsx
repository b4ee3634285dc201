// The language of the interface. Each language is named in itself.
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, LANGUAGES } from '@/config/i18n';

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

export default function LanguageSelect(props: NativeSelectProps) {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      {...props}
      {...(props.label === undefined ? { 'aria-label': t('shell.language') } : {})}
      value={i18n.language}
      data={CHOICES}
      onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value as Language)}
    />
  );
}
