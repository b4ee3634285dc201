import type { Translation } from '@/config/strings/texts';

export const newPassword: Translation<'newPassword'> = {
  label: 'Neues Passwort',
  hint_one: 'Mindestens {{count}} Zeichen. Einige Wörter ohne Zusammenhang sind ein gutes Passwort.',
  hint_other: 'Mindestens {{count}} Zeichen. Einige Wörter ohne Zusammenhang sind ein gutes Passwort.',
  strength: 'Stärke',
  score: {
    veryEasy: 'Sehr leicht zu erraten',
    easy: 'Leicht zu erraten',
    almost: 'Noch nicht schwer genug zu erraten',
    hard: 'Schwer zu erraten',
    veryHard: 'Sehr schwer zu erraten',
  },
  advice: {
    more: 'Fügen Sie ein oder zwei Wörter hinzu, die nicht zusammengehören.',
    keys: 'Benachbarte Tasten werden zuerst probiert. Nehmen Sie stattdessen Wörter ohne Zusammenhang.',
    repeats: 'Wiederholungen bringen wenig. Fügen Sie etwas anderes hinzu.',
    sequences: 'Folgen wie abc oder 6543 werden zuerst probiert. Fügen Sie etwas anderes hinzu.',
    dates: 'Daten und Jahre werden zuerst probiert. Fügen Sie etwas hinzu, das kein Datum ist.',
    common: 'Das ähnelt einem Passwort, das viele verwenden. Fügen Sie Wörter ohne Zusammenhang hinzu.',
    word: 'Ein Wort ist nicht genug. Fügen Sie weitere hinzu, die nicht zusammengehören.',
    names: 'Namen werden zuerst probiert. Fügen Sie Wörter hinzu, die keine Namen sind.',
    personal: 'Es enthält Ihren Namen oder Ihre E-Mail-Adresse. Lassen Sie beides weg.',
  },
  register: {
    title: 'Konto anlegen',
    text: 'Mit einem Konto können Sie Tickets öffnen und die Antworten verfolgen.',
    submit: 'Konto anlegen',
    other: 'Sie haben schon ein Konto?',
    otherLink: 'Anmelden',
  },
  setup: {
    title: 'Diesen Helpdesk einrichten',
    text: 'Sie legen den ersten Admin dieses Helpdesks an.',
    submit: 'Admin-Konto anlegen',
    noToken:
      'Diese Seite braucht den einmaligen Link, den der Server beim Start ausgegeben hat. Bitte öffnen Sie diesen Link.',
    badToken: 'Der Link gilt nicht mehr. Starten Sie den Server neu, um einen neuen zu bekommen.',
    login: 'Zur Anmeldung',
  },
  reset: {
    title: 'Neues Passwort wählen',
    text: 'Danach melden Sie sich auf jedem Gerät damit an.',
    submit: 'Passwort setzen',
    noToken:
      'Diese Seite braucht den Link, den Sie vom Support-Team bekommen haben. Bitte öffnen Sie diesen Link.',
    expired:
      'Dieser Link gilt nicht mehr: Er wurde benutzt oder ist zu alt. Bitten Sie einen Admin des Support-Teams um einen neuen.',
    login: 'Zur Anmeldung',
  },
};
