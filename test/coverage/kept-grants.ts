/** Functions that take contacts through the write path. */
const writers =
  'add-contacts?|update-contact|subscribe-contact|confirm-contact|add-orders|send-email|send-sms|send-stored-message|smart-send|run-workflow|import-chunk|edit-contact';

/** Grants that a run of the flow tests need not use, each with the reason why it is kept. */
export const keptGrants: readonly { readonly grant: RegExp; readonly reason: string }[] = [
  {
    grant: new RegExp(`^(${writers}|undo-rows|count-contacts|resend-confirmation) may sqs:SendMessage on counts$`),
    reason:
      'Whatever may create or restore contacts tells of it, and contacts that are not there yet are looked for again',
  },
  {
    grant: / may sqs:(ChangeMessageVisibility|GetQueueUrl) on [\w-]+$/,
    reason: "CDK's event source grants it together with what Lambda's poller uses",
  },
  {
    grant: /^events\.amazonaws\.com may sqs:(GetQueueAttributes|GetQueueUrl) on /,
    reason: "CDK's target of a rule grants it together with SendMessage",
  },
  {
    grant: /^events\.amazonaws\.com may sqs:SendMessage on [\w-]+-dead-letter /,
    reason: 'EventBridge puts there what it cannot deliver for a day',
  },
  {
    grant: / may dynamodb:UpdateItem on table if .* KEYS or KEYUSE#\*$/,
    reason: 'The first function that authenticates a key in a while notes its use',
  },
  {
    grant: /^send-(message|to-segment) may dynamodb:PutItem on table if .* SIGNINGKEY$/,
    reason: 'The first function that signs or seals anything makes the key',
  },
  {
    grant: /^not-found may lambda:InvokeFunction on /,
    reason: 'It forwards every path that ends in slashes, and tests try some of them',
  },
  {
    grant: /^send-(message|to-segment) may sms-voice:SendTextMessage on /,
    reason:
      'The setting smsSenders may name numbers, sender ids and pools, and the stage of the tests names one of them',
  },
  {
    grant: / may sqs:SendMessage on (dry-runs|uploads-split|uploads-fetch|erasures|segment-leftovers|undos)$/,
    reason: 'A function that has little time left queues the rest of its work, and resumed imports are queued again',
  },
  {
    grant: /^sweep-unfinished may sqs:SendMessage on /,
    reason: 'It sends messages again that were lost, whichever they were',
  },
  {
    grant: /^(resume-import|cancel-import|fail-upload) may sqs:SendMessage on chunks$/,
    reason: 'Chunks whose messages may be missing are sent again',
  },
  {
    grant: /^predict-import may s3:(Get|Put|Delete)Object on bucket\/predictions\/\*$/,
    reason: 'A dry run that takes several invocations keeps between them what it would have written',
  },
  {
    grant: /^fail-chunk may s3:GetObject on bucket\/imports\//,
    reason: 'It reads the rows of chunks that it gives up, of requests or of files',
  },
  {
    grant: new RegExp(
      `^(${writers}) may dynamodb:(DeleteItem|Query|PutItem|UpdateItem|BatchWriteItem|PartiQLInsert) on table$`,
    ),
    reason: 'The write path of contacts looks up fields, and undoes what a faster writer was first with',
  },
  {
    grant: /^(log-events|add-past-events) may dynamodb:Query on table$/,
    reason: 'Events about a contact that was erased meanwhile are looked up and removed',
  },
  {
    grant: /^(send|resend)-confirmation may dynamodb:(DeleteItem|UpdateItem) on table$/,
    reason:
      'A confirmation that was sent is noted, and one that could not be sent is forgotten, so that the next one is',
  },
  {
    grant: /^(note-delivery|send-message|send-to-segment) may dynamodb:PutItem on table$/,
    reason: 'A complaint or a STOP takes the place of a weaker reason for a suppression',
  },
  {
    grant: /^describe-workflow may dynamodb:PutItem on table$/,
    reason: 'The key that webhooks are signed by is made when it is first asked for',
  },
  {
    grant:
      /^(add-contacts|add-contact|update-contact|confirm-contact|add-orders|run-workflow) may events:PutEvents on /,
    reason:
      'Members and segments that change are told on the bus if the settings fieldChangeEvents and segmentEvents say so',
  },
  {
    grant: /^(upload-contacts|import-upload) may dynamodb:Query on table if .* FIELDS$/,
    reason: 'It looks up the custom fields that a request names',
  },
  {
    grant: /^run-workflow may states:SendTaskSuccess on /,
    reason: 'It wakes a run whose event came before the run waited for it',
  },
  {
    grant: /^launch-workflows may dynamodb:GetItem on table$/,
    reason: 'It takes a run back whose contact was erased meanwhile',
  },
  {
    grant: /^unsubscribe-emails may dynamodb:BatchGetItem on table$/,
    reason: 'It reads what is in the way of a suppression',
  },
  {
    grant: /^list-workflow-runs may dynamodb:Query on table\/index\/byTime$/,
    reason: 'It lists the runs of all workflows',
  },
  {
    grant: /^erase-traces may s3:PutObject on bucket\/imports\/\*\/former\/\*$/,
    reason: 'It blanks what an import that can be undone keeps of contacts as they were',
  },
  {
    grant: /^list-import-rows may s3:GetObject on bucket\/imports\/\*\/(undone|undo-trials)\/\*$/,
    reason: 'Rows of an import that was undone, or tried to be, say what became of them',
  },
  {
    grant: /^(send-email|send-sms|send-stored-message|smart-send) may sqs:SendMessage on segment-messages$/,
    reason: 'Each of them may be asked to write to a whole segment',
  },
  {
    grant: /^(undo-import|pause-import|resume-import|cancel-import) may dynamodb:(Query|DeleteItem) on table( if .*)?$/,
    reason: 'They read, and close, the chunks of an import that is not over',
  },
  {
    grant: /^(list|export)-contacts may dynamodb:Query on table\/index\/(byGroup|directory)$/,
    reason: 'Which index is read depends on what the search names',
  },
  {
    grant: /^create-field may dynamodb:Query on table$/,
    reason: 'It looks for a field of the same key',
  },
  {
    grant: /^create-key may dynamodb:(BatchGetItem|PartiQLInsert|UpdateItem) on table$/,
    reason: 'It makes the segments that a key of a form names',
  },
  {
    grant: /^restore-contact may dynamodb:(BatchWriteItem|PutItem) on table$/,
    reason: 'It writes the contact and its memberships if it was deleted',
  },
  {
    grant: /^(list-contact-messages|preview-message) may dynamodb:BatchGetItem on table$/,
    reason: 'It reads messages and segments that the contact may not have',
  },
  {
    grant: /^undo-rows may s3:GetObject on bucket\/imports\/\*\/rows\/\*$/,
    reason: 'It reads the rows of a file whose import is undone',
  },
  {
    grant: /^unsubscribe-by-link may dynamodb:BatchGetItem on table if .* SUPPRESSION#\*$/,
    reason: 'It reads what is in the way of a suppression',
  },
  {
    grant: /^get-contact-token may dynamodb:(GetItem|PutItem) on table if .* SIGNINGKEY$/,
    reason: 'The key that links are signed by is made when it is first asked for',
  },
  {
    grant: /^(predict-import|fetch-upload|split-upload) may dynamodb:PutItem on table if .* IMPORT#\*$/,
    reason: 'It puts its job aside while the import is paused',
  },
];
