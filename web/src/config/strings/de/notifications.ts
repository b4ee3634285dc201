import type { Translation } from '@/config/strings/texts';

export const notifications: Translation<'notifications'> = {
  title: 'Benachrichtigungen',
  bell: 'Benachrichtigungen',
  bellUnread_one: 'Benachrichtigungen, {{count}} ungelesen',
  bellUnread_other: 'Benachrichtigungen, {{count}} ungelesen',
  empty: 'Nichts Neues. Hier sehen Sie, wenn sich an einem Ticket etwas tut.',
  failed: 'Die Benachrichtigungen konnten nicht geladen werden',
  readAll: 'Alle als gelesen markieren',
  unread: 'Ungelesen',
  open: 'Öffnen',
  somebody: 'Jemand',
  kind: {
    ticket_created: '{{name}} hat Ticket {{ticket}} geöffnet',
    message_one: '{{name}} hat in {{ticket}} geschrieben',
    message_other: '{{count}} Nachrichten in {{ticket}}, die letzte von {{name}}',
    note_one: '{{name}} hat in {{ticket}} eine Notiz hinterlassen',
    note_other: '{{count}} Notizen in {{ticket}}, die letzte von {{name}}',
    status_changed: '{{name}} hat den Status von {{ticket}} geändert',
    assigned: '{{name}} hat {{ticket}} zugewiesen',
    category_changed: '{{name}} hat die Kategorie von {{ticket}} geändert',
    priority_changed: '{{name}} hat die Priorität von {{ticket}} geändert',
    title_changed: '{{name}} hat {{ticket}} umbenannt',
    session_reused: 'Eine Ihrer Sitzungen wurde beendet: Eine alte Anmeldung wurde noch einmal verwendet.',
  },
  toast: { ticket_created: 'Neues Ticket #{{id}}' },
};
