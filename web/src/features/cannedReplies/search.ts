// Canned replies by what is in them.
import type { CannedReply } from '@/api/types';

/** Those in whose name or text every word occurs; first those that are called so. */
export function matching(replies: readonly CannedReply[], sought: string): CannedReply[] {
  const words = fold(sought).split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.includes(word));
  const found = replies.map((reply) => ({ reply, name: fold(reply.name) })).filter(
    ({ reply, name }) => has(`${name} ${fold(reply.body)}`),
  );
  const isCalledSo = ({ name }: { name: string }) => has(name);
  return [...found.filter(isCalledSo), ...found.filter((one) => !isCalledSo(one))].map(({ reply }) => reply);
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
