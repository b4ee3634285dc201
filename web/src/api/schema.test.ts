// The generated types are those of the committed document, which a test of the server holds against its code.
import { readFileSync } from 'node:fs';

import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, it } from 'vitest';

const at = (path: string) => new URL(path, import.meta.url);

it('has types of the present document: else run `npx -y rust-just openapi`', async () => {
  const document = readFileSync(at('../../openapi.json'), 'utf8');
  const types = COMMENT_HEADER + astToString(await openapiTS(document));
  expect(readFileSync(at('./schema.d.ts'), 'utf8')).toBe(types);
});
