import type { Translation } from '@/config/strings/texts';

export const ticketAlerts: Translation<'ticketAlerts'> = {
  title: 'Neue Tickets warten auf jemanden',
  text: 'Wer eines öffnet, nimmt es für alle zur Kenntnis.',
  waiting_one: '{{shown}} neues Ticket wartet',
  waiting_other: '{{shown}} neue Tickets warten',
  stillWaiting_one: '{{shown}} neues Ticket wartet noch',
  stillWaiting_other: '{{shown}} neue Tickets warten noch',
  repeated_one: 'Erneut gemeldet',
  repeated_other: '{{count}}-mal erneut gemeldet',
  again_one: 'Ticket #{{id}} wartet noch auf jemanden: {{title}}',
  again_other: 'Ticket #{{id}} hat sich {{count}}-mal gemeldet und wartet noch auf jemanden: {{title}}',
  noticed: '{{name}} kümmert sich um Ticket #{{id}}: {{title}}',
  call: 'Ticket #{{id}} wartet noch auf jemanden',
};
