import type { Translation } from '@/config/strings/texts';

export const account: Translation<'account'> = {
  email: 'E-Mail',
  name: 'Name',
  nameHint: 'So sehen andere Sie.',
  password: 'Passwort',
  menu: 'Konto: {{name}}',
  role: { user: 'Kunde', admin: 'Support-Team' },
  settings: 'Konto und Geräte',
  signOut: 'Abmelden',
  signOutFailed: 'Abmelden nicht möglich',
  login: {
    title: 'Anmelden',
    submit: 'Anmelden',
    other: 'Neu hier?',
    otherLink: 'Konto anlegen',
    forgotten: 'Passwort vergessen?',
    forgottenText: 'Bitten Sie das Support-Team um einen Link zum Zurücksetzen. Von hier wird keine E-Mail verschickt.',
    ended: 'Ihre Sitzung ist beendet',
    endedText:
      'Sie wurde auf einem anderen Gerät beendet oder ist abgelaufen. Melden Sie sich an, um dort weiterzumachen, wo Sie waren; Entwürfe bleiben erhalten.',
    reset: 'Ihr Passwort ist geändert',
    resetText: 'Bitte melden Sie sich mit dem neuen an.',
  },
};
