import { expect, it } from 'vitest';
import { http } from '@/api/http';
import { exportParameters, exportTickets, nameOfToday } from './exporting';

const at = (query: string) => new URLSearchParams(query);
const given = (query: string) =>
  Object.fromEntries(Object.entries(exportParameters(at(query))).filter(([, value]) => value !== undefined));

it('asks for what the list shows, to its end', () => {
  expect(given('')).toEqual({ status: 'open,in_progress,pending,resolved' });
  expect(given('view=all')).toEqual({});
  expect(given('view=mine&status=pending&priority=high&category=3&requester=7&sort=priority')).toEqual({
    assignee: 'me',
    status: 'pending',
    priority: 'high',
    category: 3,
    requester: 7,
    sort: 'priority',
  });
});

it('asks for what is searched for', () => {
  expect(given('view=all&q=+paper+jam+')).toEqual({ q: 'paper jam' });
});

it('passes on nothing else that the address says', () => {
  expect(given('view=all&limit=3&cursor=abc&color=red')).toEqual({});
});

it('sends that to the export', async () => {
  let uri = '';
  http.defaults.adapter = (config) => {
    uri = http.getUri(config);
    return Promise.resolve({ config, status: 200, statusText: '', data: new Blob(['']), headers: {} });
  };
  await exportTickets(at('view=all&priority=urgent&q=paper'));
  expect(uri).toMatch(/\/tickets\/export\?priority=urgent&q=paper$/);
});

it('names the file when the server may not', () => {
  expect(nameOfToday(new Date('2026-01-31T23:30:00Z'))).toBe('tickets-2026-01-31.csv');
});
