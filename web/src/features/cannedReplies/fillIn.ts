// Fills in the placeholders of a canned reply.

export const PLACEHOLDERS = [
  'customer.name',
  'customer.first_name',
  'ticket.number',
  'ticket.title',
  'admin.name',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What stands for each. What is absent is not known here. */
export type ReplyValues = { [Name in Placeholder]?: string };

const ANY = /\{\{\s*([\w.]+)\s*\}\}/g;

/** As it is written in a text. */
export function written(name: Placeholder): string {
  return `{{${name}}}`;
}

/** In one go: what is put in is not looked through again. Placeholders that nothing stands for stay as they are. */
export function fillIn(text: string, values: ReplyValues): string {
  return text.replaceAll(ANY, (whole, name: string) =>
    isPlaceholder(name) && Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/** What looks like a placeholder and is none, as it is written, each once. */
export function unknownIn(text: string): string[] {
  const found = [...text.matchAll(ANY)].filter(([, name]) => !isPlaceholder(name)).map(([whole]) => whole);
  return [...new Set(found)];
}

/** What stands for the placeholders in an answer to this ticket. */
export function valuesOf(ticket: { id: number; title: string; requester: { name: string } }, admin: { name: string }): ReplyValues {
  const name = ticket.requester.name.trim();
  return {
    'customer.name': name,
    'customer.first_name': name.split(/\s+/)[0],
    'ticket.number': String(ticket.id),
    'ticket.title': ticket.title,
    'admin.name': admin.name,
  };
}

function isPlaceholder(name: string | undefined): name is Placeholder {
  return PLACEHOLDERS.some((known) => known === name);
}
