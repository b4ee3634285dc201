// The title of the browser's tab: the page, and how much is unread.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

const shown = { title: '', unread: 0 };

function write(): void {
  document.title = shown.unread > 0 ? `(${shown.unread}) ${shown.title}` : shown.title;
}

export function useDocumentTitle(title: string): void {
  const { t } = useTranslation();
  const product = t('shell.product');
  useEffect(() => {
    shown.title = `${title} · ${product}`;
    write();
  }, [title, product]);
}

export function useUnreadInTitle(unread: number): void {
  useEffect(() => {
    shown.unread = unread;
    write();
    return () => {
      shown.unread = 0;
      write();
    };
  }, [unread]);
}
