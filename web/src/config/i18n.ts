// Texts of the interface, in English. Here are those that everybody reads; others are added by the pages that need them.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { failure } from './strings/failure';
import { shell } from './strings/shell';

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: { failure, shell } } },
  interpolation: { escapeValue: false },
});

export function addStrings(strings: object): void {
  i18next.addResourceBundle('en', 'translation', strings, true);
}

export { i18next };
