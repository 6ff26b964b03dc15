/** Documents that are zip archives, by a path that each has. */
const documents: readonly (readonly [path: RegExp, sentence: string])[] = [
  [/^xl\/workbook\.bin$/, 'This is a binary Excel workbook (.xlsb): save it as .xlsx or CSV'],
  [
    /^word\/document\.xml$/,
    'This is a Word document (.docx): copy its table into a spreadsheet, and save that as .xlsx or CSV',
  ],
  [/^ppt\/presentation\.xml$/, 'This is a PowerPoint presentation (.pptx): save its table as .xlsx or CSV'],
  [/^(Index\.zip|Index\/.*\.iwa)$/, 'This is an Apple Numbers document: export it as CSV or Excel'],
  [/^content\.xml$/, 'This is an OpenDocument file (.ods or .odt): save it as .xlsx or CSV'],
  [/^META-INF\/container\.xml$/, 'This is an e-book (.epub), and no list of contacts'],
];

/** What a document is that consists of these files, and what to do with it; `undefined` if it is a plain archive. */
export const otherArchive = (paths: readonly string[]): string | undefined =>
  documents.find(([path]) => paths.some((one) => path.test(one)))?.[1];
