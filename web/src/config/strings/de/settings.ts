import type { Translation } from '@/config/strings/texts';

export const settings: Translation<'settings'> = {
  title: 'Konto und Geräte',
  profile: {
    title: 'Profil',
    save: 'Namen speichern',
    saved: 'Ihr Name ist gespeichert.',
  },
  password: {
    title: 'Passwort',
    current: 'Jetziges Passwort',
    submit: 'Passwort ändern',
    changed: 'Ihr Passwort ist geändert. Alle anderen Geräte wurden abgemeldet.',
  },
  language: { title: 'Sprache', label: 'Sprache von Deskwire', text: 'Sie gilt sofort, in diesem Browser.' },
  devices: {
    title: 'Geräte',
    text: 'Hier sind Sie angemeldet. Beenden Sie, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.',
    loading: 'Geräte werden geladen…',
    failed: 'Die Geräte konnten nicht geladen werden',
    none: 'Keine Geräte',
    noneText: 'Im Moment ist nichts angemeldet.',
    onlyThis: 'Sie sind auf keinem anderen Gerät angemeldet.',
    browserOnSystem: '{{browser}} auf {{system}}',
    unknown: 'Unbekanntes Gerät',
    current: 'Dieses Gerät',
    signedIn: 'Angemeldet',
    lastActive: 'zuletzt aktiv',
    activeNow: 'gerade aktiv',
    end: 'Beenden',
    endOf: 'Sitzung beenden: {{device}}',
    endCurrent: 'Abmelden',
    endCurrentOf: 'Auf diesem Gerät abmelden',
    ended: '{{device}} ist abgemeldet.',
    endFailed: 'Die Sitzung konnte nicht beendet werden. {{reason}}',
    endOthers: 'Überall sonst abmelden',
    endOthersTitle: 'Überall sonst abmelden?',
    endOthersText_one:
      '{{count}} anderes Gerät wird sofort abgemeldet und braucht wieder das Passwort. Dieses bleibt angemeldet.',
    endOthersText_other:
      '{{count}} andere Geräte werden sofort abgemeldet und brauchen wieder das Passwort. Dieses bleibt angemeldet.',
    endedOthers: 'Alle anderen Geräte sind abgemeldet.',
    keep: 'Abbrechen',
  },
};
