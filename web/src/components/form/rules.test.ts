import { describe, expect, it } from 'vitest';
import { checkBody, checkEmail, checkLine, checkNewPassword, limitsOf } from './rules';

const TITLE = limitsOf('CreateTicketRequest', 'title');
const BODY = limitsOf('SendMessageRequest', 'body');
const EMAIL = limitsOf('RegisterRequest', 'email');
const PASSWORD = limitsOf('RegisterRequest', 'password');

describe('limits', () => {
  it('come from the contract', () => {
    expect(TITLE).toEqual({ min: 1, max: 200 });
    expect(BODY.max).toBe(10_000);
    expect(PASSWORD).toEqual({ min: 10, max: 128 });
  });

  it('that the contract does not have are an error, not no limit', () => {
    expect(() => limitsOf('CreateTicketRequest', 'colour')).toThrow();
  });

  it('count characters as the server does, not UTF-16 units', () => {
    expect(checkLine('😀'.repeat(200), TITLE)).toBeNull();
    expect(checkLine('😀'.repeat(201), TITLE)).toEqual({ code: 'too_long', count: 200 });
  });
});

describe('a line', () => {
  it.each(['', '   ', '\n'])('must not be empty: %j', (text) => {
    expect(checkLine(text, TITLE)).toEqual({ code: 'empty' });
  });

  it('has no line breaks', () => {
    expect(checkLine('a\nb', TITLE)).toEqual({ code: 'control_characters' });
  });
});

describe('a body', () => {
  it('keeps line breaks and tabs', () => {
    expect(checkBody(' a\r\n\tb ', BODY)).toBeNull();
  });

  it.each(['a\0b', '\u001b[31m'])('has no other control characters: %j', (text) => {
    expect(checkBody(text, BODY)).toEqual({ code: 'control_characters' });
  });
});

describe('an e-mail address', () => {
  it.each(['ada@example.org', ' Ada@Example.ORG ', 'ä@b'])('may be %j', (text) => {
    expect(checkEmail(text, EMAIL)).toBeNull();
  });

  it.each(['ada', '@', 'ada@', '@host', 'a b@host', 'a@b@c', 'a@.host', 'a@host.', 'a@-h'])('may not be %j', (text) => {
    expect(checkEmail(text, EMAIL)).toEqual({ code: 'not_an_email' });
  });
});

describe('a new password', () => {
  it('is long enough and not too long', () => {
    expect(checkNewPassword('x'.repeat(9), PASSWORD)).toEqual({ code: 'too_short', count: 10 });
    expect(checkNewPassword('x'.repeat(10), PASSWORD)).toBeNull();
    expect(checkNewPassword('x'.repeat(129), PASSWORD)).toEqual({ code: 'too_long', count: 128 });
  });
});
