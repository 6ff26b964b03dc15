/** The environment variables that the stack sets and the functions read, by what they hold. */
export const environmentNames = {
  tableName: 'TABLE_NAME',
  importBucketName: 'IMPORT_BUCKET_NAME',
  chunkQueueUrl: 'CHUNK_QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  eventBusName: 'EVENT_BUS_NAME',
  /** ISO 3166-1 alpha-2; national phone numbers are read in it (contract 2.3). */
  defaultCountry: 'DEFAULT_COUNTRY',
  importRetentionDays: 'IMPORT_RETENTION_DAYS',
  eventRetentionDays: 'EVENT_RETENTION_DAYS',
  /** An integer that `GET /api/v1/account/info` calls `orgId`. */
  organisationId: 'ORGANISATION_ID',
  organisationName: 'ORGANISATION_NAME',
  accountEmail: 'ACCOUNT_EMAIL',
  currency: 'CURRENCY',
  logLevel: 'POWERTOOLS_LOG_LEVEL',
  serviceName: 'POWERTOOLS_SERVICE_NAME',
} as const;
