import { describe, expect, it } from 'vitest';
import { fillIn, PLACEHOLDERS, unknownIn, valuesOf, written } from './fillIn';

const VALUES = valuesOf({ id: 42, title: 'No sound', requester: { name: ' Cora  Maria Winter ' } }, { name: 'Ada Admin' });

describe('fillIn', () => {
  it.each([
    ['Hello {{customer.name}}!', 'Hello Cora  Maria Winter!'],
    ['Hello {{customer.first_name}}, and {{customer.first_name}} again', 'Hello Cora, and Cora again'],
    ['Ticket {{ticket.number}}: {{ticket.title}}', 'Ticket 42: No sound'],
    ['{{ admin.name }}\n{{admin.name}}', 'Ada Admin\nAda Admin'],
    ['Nothing to fill in', 'Nothing to fill in'],
    ['', ''],
  ])('fills in %j', (text, filled) => {
    expect(fillIn(text, VALUES)).toBe(filled);
  });

  it.each([
    '{{customer.phone}}',
    '{{ Customer.Name }}',
    '{{constructor}}',
    '{customer.name}',
    '{{customer.name}',
    '{{customer name}}',
    '{{}}',
  ])('leaves %j as it is', (text) => {
    expect(fillIn(text, VALUES)).toBe(text);
  });

  it('leaves what nothing stands for as it is', () => {
    expect(fillIn('{{ticket.number}}: {{admin.name}}', { 'admin.name': 'Ada' })).toBe('{{ticket.number}}: Ada');
  });

  it('puts values in as they are, whatever is in them', () => {
    const title = "{{admin.name}} $& $' $1";
    expect(fillIn('[{{ticket.title}}]', { 'ticket.title': title, 'admin.name': 'Ada' })).toBe(`[${title}]`);
  });

  it('knows all that can be written', () => {
    expect(fillIn(PLACEHOLDERS.map(written).join(''), VALUES)).not.toContain('{{');
  });
});

it('finds what looks like a placeholder and is none', () => {
  const text = '{{customer.name}} {{customer.nam}} {{ order }} {{customer.nam}} {{}} {{ticket.title}}';
  expect(unknownIn(text)).toEqual(['{{customer.nam}}', '{{ order }}']);
});
