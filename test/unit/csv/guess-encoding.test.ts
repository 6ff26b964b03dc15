import { describe, expect, it } from 'vitest';
import { guessEncoding } from '#csv/guess-encoding.ts';
import { encodeText } from '#test/support/files/written-file.ts';

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
    ['windows-1252', 'Jürgen Müller,Jörg Weiß,Bärbel Schäfer,Köln,München'],
    ['windows-1252', 'René Lefèvre,François,Hélène,Orléans,Besançon,Saint-Étienne'],
    ['windows-1252', 'José Nuñez,María García,Ángel,Málaga,Cádiz,León'],
    ['windows-1252', 'João Conceição,São Paulo,Ângela,Brasília'],
    ['windows-1252', 'Søren Kjær,Ærø,Jørgen Nørgaard,København'],
    ['windows-1250', 'Łukasz Wiśniewski,Łódź,Małgorzata,Kraków'],
    ['windows-1250', 'Jiří Dvořák,Plzeň,Tomáš Němec,Děčín'],
    ['windows-1250', 'Janez Kovač,Marija Zupančič,Črt Žagar,Krško,Domžale,Matjaž Potočnik,Blaž Novačan'],
    ['windows-1250', 'Kovács László,Szűcs Ödön,Győr,Székesfehérvár,Nagy Gergő'],
    ['windows-1250', 'Ştefan Ionescu,Mihăilă,Bucureşti,Iaşi,Călin'],
    ['windows-1254', 'Ayşe Yılmaz,İstanbul,Çağlar Şahin,İzmir'],
    ['windows-1257', 'Jānis Bērziņš,Rīga,Līga Kalniņa,Rūta Jankauskienė'],
    ['windows-1253', 'Γιώργος Παπαδόπουλος,Αθήνα,Μαρία Νικολάου'],
    ['windows-1256', 'محمد علي,القاهرة,فاطمة حسن'],
    ['macintosh', 'Jürgen Müller,Köln,Jörg,München'],
  ])('%s', (encoding, names) => {
    const { encoding: guessed, percent } = guessEncoding(encodeText(names.replaceAll(',', '\n'), encoding));

    expect(guessed).toBe(encoding);
    expect(percent).toBeGreaterThanOrEqual(80);
  });

  it('and not at all where they look like nothing', () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => 128 + ((index * 71) % 128)));

    expect(() => guessEncoding(noise)).toThrow(/name its encoding with `encoding`/);
  });

  it.each([
    [
      'gb18030',
      'd0d5c3fb2cb3c7cad00acdf5d0a1c3f72cb1b1bea9cad00ac0eec4c82cc9cfbaa30ad5c5ceb02cb9e3d6ddcad0ccecbad3c7f80a',
    ],
    ['shift_jis', '8e8196bc0a8e5293632091be98592c938c8b9e93730a8db293a189d48e712c91e58de38e73966b8be60a8384837d835f0a'],
  ])('and %s is taken for nothing else', (_, bytes) => {
    expect(() => guessEncoding(Buffer.from(bytes, 'hex'))).toThrow(/is not certain/);
  });
});
