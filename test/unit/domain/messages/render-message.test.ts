import { describe, expect, test } from 'vitest';
import { escapeHtml } from '#domain/messages/html.ts';
import { fillText, renderMessage } from '#domain/messages/render-message.ts';

describe('placeholders', () => {
  test.each([
    ['${name}', { name: 'Ann' }, 'Ann'],
    ['${ name }!', { name: 'Ann' }, 'Ann!'],
    ['${order.number}', { order: { number: 7 } }, '7'],
    ['${lines.1.name}', { lines: [{}, { name: 'b' }] }, 'b'],
    ['${Ім’я} ${імя}', { імя: 'Ірина' }, '${Ім’я} Ірина'],
    ['${missing}${a.b.c}', { a: { b: null } }, ''],
    ['${zero} ${no} ${list}', { zero: 0, no: false, list: [1, 'x'] }, '0 false [1,"x"]'],
    ['$${50} ${} $name {name}', { name: 'Ann' }, '$${50} ${} $name {name}'],
    ['${name}', { name: '${other} $& $1', other: 'x' }, '${other} $& $1'],
  ] as const)('%s', (text, params, filled) => {
    expect(fillText(text, params)).toBe(filled);
  });

  test('never reach what an object inherits', () => {
    const params = JSON.parse('{"__proto__":{"own":"x"},"a":{}}');

    expect(fillText('${constructor}${a.constructor.name}${toString}${a.__proto__}', params)).toBe('');
  });
});

describe('a message', () => {
  const evil = { name: '<script>"\'&`</script>', line: 'x\r\nBcc: all@example.com\u2028\u0000y' };

  test('has values escaped in its HTML and as they are in its text', () => {
    const rendered = renderMessage(
      { channel: 'email', from: {}, subject: 's', html: '<a title="${name}">${name}</a>', text: '${name}' },
      evil,
    );

    expect(rendered).toMatchObject({
      html: `<a title="${escapeHtml(evil.name)}">${escapeHtml(evil.name)}</a>`,
      text: evil.name,
    });
    expect(escapeHtml(evil.name)).not.toMatch(/[<>"'`]/);
  });

  test('has a subject and a sender in one line, whatever the values are', () => {
    const rendered = renderMessage(
      { channel: 'email', from: { name: 'Shop ${line}', address: 'a@b.co' }, subject: 'Hello ${line}', text: 't' },
      evil,
    );

    expect(rendered).toMatchObject({
      subject: 'Hello x Bcc: all@example.com y',
      from: { name: 'Shop x Bcc: all@example.com y', address: 'a@b.co' },
    });
  });

  test('by SMS keeps what it comes from', () => {
    expect(renderMessage({ channel: 'sms', from: 'Shop', text: 'Code ${code}' }, { code: 7 })).toEqual({
      channel: 'sms',
      from: 'Shop',
      text: 'Code 7',
    });
  });
});
