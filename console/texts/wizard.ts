import type { Text } from './format.ts';

/** Texts of the wizard that imports a file. */
export const wizardTexts = {
  'wizard.title': { en: 'Import contacts', uk: 'Імпорт контактів' },
  'wizard.step.file': { en: 'File', uk: 'Файл' },
  'wizard.step.columns': { en: 'Columns', uk: 'Стовпці' },
  'wizard.step.settings': { en: 'Settings', uk: 'Налаштування' },
  'wizard.step.dryRun': { en: 'Dry run', uk: 'Пробний запуск' },
  'wizard.drop': {
    en: 'Drop a file here, or press to choose one',
    uk: 'Перетягніть файл сюди або натисніть, щоб вибрати',
  },
  'wizard.drop.hint': {
    en: 'CSV or TSV in any encoding, packed as zip or gzip if you like, up to 300 MB',
    uk: 'CSV чи TSV у будь-якому кодуванні, можна в zip або gzip, до 300 МБ',
  },
  'wizard.link': { en: 'Or the link of a file', uk: 'Або посилання на файл' },
  'wizard.link.use': { en: 'Use the link', uk: 'Взяти за посиланням' },
  'wizard.link.noPreview': {
    en: 'A file behind a link is read by the stage itself; its columns are found by their names.',
    uk: 'Файл за посиланням читає сама система; стовпці впізнаються за назвами.',
  },
  'wizard.sending': { en: 'Sending the file: {percent} %', uk: 'Надсилання файлу: {percent} %' },
  'wizard.sendFailed': {
    en: 'The file did not arrive: the connection was lost. Nothing is lost; send it again.',
    uk: 'Файл не дійшов: зв’язок перервався. Нічого не втрачено; надішліть ще раз.',
  },
  'wizard.unreadable': { en: 'The file cannot be read: {reason}', uk: 'Файл неможливо прочитати: {reason}' },
  'wizard.found': {
    en: 'Read as {encoding}, cells separated by {delimiter}',
    uk: 'Кодування {encoding}, роздільник {delimiter}',
  },
  'wizard.encoding': { en: 'Encoding', uk: 'Кодування' },
  'wizard.delimiter': { en: 'Delimiter', uk: 'Роздільник' },
  'wizard.tab': { en: 'tab', uk: 'табуляція' },
  'wizard.column': { en: 'Column of the file', uk: 'Стовпець файлу' },
  'wizard.goesTo': { en: 'Goes to', uk: 'Куди' },
  'wizard.goesTo.of': { en: '{column} goes to', uk: 'Куди йде {column}' },
  'wizard.sample': { en: 'First values', uk: 'Перші значення' },
  'wizard.dropped': { en: 'Not imported', uk: 'Не імпортується' },
  'wizard.droppedWarning': {
    en: '{n} {n|column is|columns are} not imported: {names}',
    uk: 'Не імпортується {n} {n|стовпець|стовпці|стовпців}: {names}',
  },
  'wizard.consentWarning': {
    en: '“{name}” looks like it says who may be written to, and is not mapped. People who said no would come in as if they had said yes.',
    uk: '«{name}» схоже на згоду на розсилку й не зіставлено. Хто відмовився, потрапить як той, хто погодився.',
  },
  'wizard.noIdentity': {
    en: 'No column goes to {needed}, so that no row can be matched.',
    uk: 'Жоден стовпець не йде до {needed}, тож рядки нема за чим зіставити.',
  },
  'wizard.dedupeOn': { en: 'Contacts are matched by', uk: 'Контакти зіставляються за' },
  'wizard.dedupeOn.email': { en: 'E-mail', uk: 'E-mail' },
  'wizard.dedupeOn.sms': { en: 'Phone', uk: 'Телефон' },
  'wizard.dedupeOn.email_or_sms': { en: 'Phone, then e-mail', uk: 'Телефон, потім e-mail' },
  'wizard.dedupeOn.externalCustomerId': { en: 'Customer id', uk: 'Id клієнта' },
  'wizard.dedupeOn.id': { en: 'Id of Rollcall', uk: 'Id у Rollcall' },
  'wizard.groupNames': { en: 'Put them into segments', uk: 'Додати до сегментів' },
  'wizard.groupNames.hint': {
    en: 'A new name makes a segment. Enter adds it.',
    uk: 'Нова назва створить сегмент. Enter додає.',
  },
  'wizard.eventKey': { en: 'Event for each new contact', uk: 'Подія для кожного нового контакту' },
  'wizard.eventKey.hint': {
    en: 'Latin letters and digits, such as newContact; none if empty',
    uk: 'Латинські літери й цифри, як-от newContact; без події, якщо порожньо',
  },
  'wizard.mode': { en: 'The import may', uk: 'Імпорт може' },
  'wizard.mode.createAndUpdate': { en: 'create and update contacts', uk: 'створювати й оновлювати контакти' },
  'wizard.mode.create': { en: 'create new contacts only', uk: 'лише створювати нові контакти' },
  'wizard.mode.update': { en: 'update known contacts only', uk: 'лише оновлювати наявні контакти' },
  'wizard.restoreDeleted': { en: 'Restore contacts that were deleted', uk: 'Відновлювати видалені контакти' },
  'wizard.tryOut': { en: 'Try it out', uk: 'Спробувати' },
  'wizard.dryRun.explain': {
    en: 'Nothing is written: this is what would happen.',
    uk: 'Нічого не записується: ось що сталося б.',
  },
  'wizard.firstFailures': { en: 'The first rows that would fail', uk: 'Перші рядки, що не пройдуть' },
  'wizard.start': { en: 'Start the import', uk: 'Почати імпорт' },
  'wizard.startWithout': { en: 'Start without a dry run', uk: 'Почати без пробного запуску' },
  'wizard.reused': { en: 'With the settings of an earlier import', uk: 'З налаштуваннями попереднього імпорту' },
} as const satisfies Readonly<Record<string, Text>>;
