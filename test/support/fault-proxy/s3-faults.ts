import type { ServiceFaults } from './service-faults.ts';

/** How S3 fails: it asks to slow down. */
export const s3Faults: ServiceFaults = {
  refuse: () => ({
    status: 503,
    headers: { 'content-type': 'application/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>Injected by the fault proxy</Message></Error>',
  }),
  leaveUndone: () => undefined,
};
