// The language of the interface. Each language is named in itself.
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, type Language, LANGUAGES } from '@/config/i18n';

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

export default function LanguageSelect(props: NativeSelectProps) {
  const { t, i18n } = useTranslation();
  const [hasFailed, setFailed] = useState(false);

  const choose = (language: Language) => {
    setFailed(false);
    chooseLanguage(language).catch(() => setFailed(true));
  };

  return (
    <NativeSelect
      {...props}
      {...(props.label === undefined ? { 'aria-label': t('shell.language') } : {})}
      value={i18n.language}
      data={CHOICES}
      error={hasFailed && <span role="alert">{t('shell.languageFailed')}</span>}
      onChange={({ currentTarget }) => choose(currentTarget.value as Language)}
    />
  );
}
