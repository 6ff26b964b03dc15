/** Words of headers of columns that say whether somebody may be written to, in English, Ukrainian and Russian. */
const words =
  /status|unsubscri|subscri|opt.?(in|out)|consent|marketing|newsletter|permission|gdpr|bounc|blacklist|suppress|complain|відпис|підпис|згод|розсилк|отпис|подпис|соглас|рассылк/i;

/** Whether a column by this header looks as if it said who may be written to. */
export const looksLikeConsent = (header: string): boolean => words.test(header);
