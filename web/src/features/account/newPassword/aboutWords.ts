// What is known of a person, in the pieces that people make passwords of: "ada.l@example.org" is also "ada" and "example".
const SHORTEST = 3;

export function aboutWords(about: string[]): string[] {
  const pieces = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(pieces.map((piece) => piece.trim().toLowerCase()))].filter(({ length }) => length >= SHORTEST);
}
