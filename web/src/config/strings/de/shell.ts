import type { Translation } from '@/config/strings/texts';

export const shell: Translation<'shell'> = {
  product: 'Deskwire',
  skip: 'Zum Inhalt springen',
  home: 'Deskwire, Startseite',
  loading: 'Wird geladen…',
  retry: 'Erneut versuchen',
  close: 'Schließen',
  showPassword: 'Passwort zeigen',
  language: 'Sprache',
  languageFailed: 'Diese Sprache ließ sich nicht laden. Bitte versuchen Sie es noch einmal.',
  theme: { label: 'Darstellung', light: 'Hell', dark: 'Dunkel', auto: 'Wie das System' },
  connection: {
    connecting: 'Verbindung wird wiederhergestellt…',
    catching_up: 'Verpasstes wird nachgeholt…',
    offline: 'Sie sind offline. Was Sie schreiben, wird später gesendet.',
    stopped: 'Es kommen keine Neuigkeiten mehr an.',
    connect: 'Wieder verbinden',
    queued_one: '{{count}} Nachricht wartet darauf, gesendet zu werden.',
    queued_other: '{{count}} Nachrichten warten darauf, gesendet zu werden.',
  },
  unreachable: {
    title: 'Der Server antwortet nicht',
    text: 'Wir versuchen es weiter. Sie können es auch jetzt erneut versuchen.',
  },
  notFound: {
    title: 'Diese Seite gibt es nicht',
    text: 'Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.',
    home: 'Zur Startseite',
  },
  crash: {
    title: 'Hier ist etwas schiefgegangen',
    text: 'Nichts, was Sie gesendet haben, ist verloren. Versuchen Sie es noch einmal, oder gehen Sie zur Startseite.',
  },
};
