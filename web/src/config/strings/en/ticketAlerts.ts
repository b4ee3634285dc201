// New tickets that nobody of staff has taken notice of yet.
export const ticketAlerts = {
  title: 'New tickets wait for somebody',
  text: 'Whoever opens one takes notice of it for all.',
  waiting_one: '{{shown}} new ticket waits',
  waiting_other: '{{shown}} new tickets wait',
  stillWaiting_one: '{{shown}} new ticket still waits',
  stillWaiting_other: '{{shown}} new tickets still wait',
  repeated_one: 'Called again',
  repeated_other: 'Called again {{count}} times',
  again_one: 'Ticket #{{id}} still waits for somebody: {{title}}',
  again_other: 'Ticket #{{id}} has called {{count}} times and still waits for somebody: {{title}}',
  noticed: '{{name}} looks after ticket #{{id}}: {{title}}',
  call: 'Ticket #{{id}} still waits for somebody',
} as const;
