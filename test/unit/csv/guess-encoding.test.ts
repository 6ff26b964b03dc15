import { describe, expect, it } from 'vitest';
import { guessEncoding } from '#csv/guess-encoding.ts';
import { encodeText } from '#test/support/written-file.ts';

const texts: Readonly<Record<string, string>> = {
  'a Ukrainian list': 'email;прізвище\na@x.com;Петренко\nb@x.com;Коваленко\nc@x.com;Іваненко\n',
  'one Ukrainian name': 'email;name\na@x.com;Іван\n',
  'a Russian list': 'email;имя;город\na@x.com;Анна;Москва\nb@x.com;Сергей;Казань\n',
  'Russian capitals': 'EMAIL;ИМЯ\na@x.com;ИВАН ПЕТРОВ\nb@x.com;АННА СМИРНОВА\n',
  'Russian small letters': 'email;имя\na@x.com;иван\nb@x.com;анна сергеева\n',
};

describe('an encoding is told by what words look like in it', () => {
  for (const encoding of ['windows-1251', 'koi8-u', 'ibm866', 'iso-8859-5']) {
    it.each(Object.entries(texts))(`${encoding}: %s`, (_, text) => {
      const bytes = encodeText(text, encoding);

      const { encoding: guessed } = guessEncoding(bytes);

      expect(new TextDecoder(guessed).decode(bytes)).toBe(new TextDecoder(encoding).decode(bytes));
    });
  }

  it.each([
    ['windows-1252', 'a;Jürgen Müller;Köln\nb;Jörg Weiß;München\n'],
    ['windows-1252', 'a;René Lefèvre;Orléans\nb;François;Besançon\n'],
    ['windows-1250', 'a;Łukasz Wiśniewski;Łódź\nb;Małgorzata;Kraków\n'],
    ['windows-1250', 'a;Jiří Dvořák;Plzeň\nb;Tomáš Němec;Děčín\n'],
    ['windows-1254', 'a;Ayşe Yılmaz;İstanbul\nb;Çağlar Şahin;İzmir\n'],
    ['windows-1253', 'a;Γιώργος Παπαδόπουλος;Αθήνα\nb;Μαρία Νικολάου;Θεσσαλονίκη\n'],
    ['macintosh', 'a;Jürgen Müller;Köln\nb;Jörg;München\n'],
  ])('%s', (encoding, text) => {
    const { encoding: guessed, percent } = guessEncoding(encodeText(text, encoding));

    expect(guessed).toBe(encoding);
    expect(percent).toBeGreaterThanOrEqual(80);
  });

  it('and by chardet where it writes with many characters', () => {
    const names = Buffer.from(
      'd0d5c3fb2cb3c7cad00acdf5d0a1c3f72cb1b1bea9cad00ac0eec4c82cc9cfbaa30ad5c5ceb02cb9e3d6ddcad00a',
      'hex',
    );

    expect(guessEncoding(names).encoding).toBe('gb18030');
  });

  it('and not at all where they look like nothing', () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => 128 + ((index * 71) % 128)));

    expect(() => guessEncoding(noise)).toThrow(/name its encoding with `encoding`/);
  });
});
