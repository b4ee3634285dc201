export const shell = {
  product: 'Deskwire',
  skip: 'Skip to content',
  home: 'Deskwire, home',
  loading: 'Loading…',
  retry: 'Try again',
  close: 'Close',
  showPassword: 'Show password',
  language: 'Language',
  languageFailed: 'Could not load this language. Please try again.',
  theme: { label: 'Appearance', light: 'Light', dark: 'Dark', auto: 'Like the system' },
  connection: {
    connecting: 'Reconnecting…',
    catching_up: 'Catching up…',
    offline: 'You are offline. What you write is sent later.',
    stopped: 'Live updates have stopped.',
    connect: 'Connect again',
    queued_one: '{{count}} message is waiting to be sent.',
    queued_other: '{{count}} messages are waiting to be sent.',
  },
  unreachable: {
    title: 'The server does not answer',
    text: 'We keep trying. You can also try again now.',
  },
  notFound: {
    title: 'This page does not exist',
    text: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the start page',
  },
  crash: {
    title: 'Something went wrong here',
    text: 'Nothing that you have sent is lost. Try again, or go to the start page.',
  },
} as const;
