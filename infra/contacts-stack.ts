import { Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Operation, routes } from '#names/routes.ts';
import { Budget } from './constructs/budget.ts';
import { ContactStore } from './constructs/contact-store.ts';
import { Counts } from './constructs/counts.ts';
import { Dashboard, type DashboardProps } from './constructs/dashboard.ts';
import { DoubleOptIn } from './constructs/double-opt-in.ts';
import { Erasures } from './constructs/erasures.ts';
import { EventBus } from './constructs/event-bus.ts';
import { ExampleConsumer } from './constructs/example-consumer.ts';
import { HttpApi } from './constructs/http-api.ts';
import { ImportPipeline } from './constructs/import-pipeline.ts';
import { MailSender } from './constructs/mail-sender.ts';
import { Messages } from './constructs/messages.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { Outputs } from './constructs/outputs.ts';
import { OwnDomain } from './constructs/own-domain.ts';
import { SegmentLeftovers } from './constructs/segment-leftovers.ts';
import { SubscriptionCheck } from './constructs/subscription-check.ts';
import { Sweeps } from './constructs/sweeps.ts';
import { Undos } from './constructs/undos.ts';
import { Uploads } from './constructs/uploads.ts';
import { Workflows } from './constructs/workflows.ts';
import type { Deployment } from './deployment.ts';
import { encryptStack } from './encrypt-stack.ts';
import { operationRights } from './operation-rights.ts';
import type { Settings } from './settings.ts';
import { tagStack } from './tag-stack.ts';
import { warnOfConcurrency } from './warn-of-concurrency.ts';

/** One deployment of Rollcall: the API, the table behind it, the import, the events and the alarms over them. */
export class ContactsStack extends Stack {
  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id, { terminationProtection: deployment.settings.deletionProtection });
    const { settings } = deployment;
    const monitoring = new Monitoring(this, 'Monitoring', deployment);
    const store = new ContactStore(this, 'Contacts', { deployment, monitoring });
    const bus = new EventBus(this, 'Events', { deployment, monitoring, store });
    const counts = new Counts(this, 'Counts', { deployment, monitoring, store });
    const imports = new ImportPipeline(this, 'Imports', { deployment, monitoring, store, bus, counts });
    const uploads = new Uploads(this, 'Uploads', { deployment, monitoring, store, imports });
    const erasures = new Erasures(this, 'Erasures', { deployment, monitoring, store, imports, counts });
    const undos = new Undos(this, 'Undos', { deployment, monitoring, store, bus, imports, erasures, counts });
    const subscriptions = new SubscriptionCheck(this, 'SubscriptionCheck', { deployment, monitoring, store, bus });
    const leftovers = new SegmentLeftovers(this, 'SegmentLeftovers', { deployment, monitoring, store, bus });
    const mailSender = new MailSender(this, 'MailSender', settings);
    // The API is made below, with functions that need its address.
    const ownUrl = settings.domain && `https://${settings.domain.name}`;
    const publicUrl = settings.publicUrl ?? ownUrl ?? Lazy.string({ produce: () => api.gateway.apiEndpoint });
    const messages = new Messages(this, 'Messages', { deployment, monitoring, store, mailSender, publicUrl, counts });
    if (settings.doubleOptIn) {
      new DoubleOptIn(this, 'DoubleOptIn', { deployment, monitoring, store, bus, mailSender, publicUrl, counts });
    }
    const workflows = new Workflows(this, 'Workflows', { deployment, monitoring, store, bus, messages, publicUrl });
    const swept = { imports, uploads, bus, erasures, messages, workflows };
    new Sweeps(this, 'Sweeps', { deployment, monitoring, store, ...swept });
    const eventTypeKey = settings.exampleConsumerEventTypeKey;
    if (eventTypeKey) new ExampleConsumer(this, 'Welcome', { deployment, monitoring, bus, eventTypeKey });
    const parts = {
      settings,
      monitoring,
      counts,
      store,
      bus,
      imports,
      erasures,
      subscriptions,
      leftovers,
      uploads,
      undos,
      messages,
      mailSender,
      publicUrl,
    };
    const rights = operationRights(parts);
    const api = new HttpApi<Operation>(this, 'Http', {
      deployment,
      monitoring,
      routes,
      grant: (fn, operation) => {
        if (!operation || isKept(operation)) store.grant(fn, 'authenticate');
        if (operation) rights[operation](fn);
      },
    });

    new Outputs(this, 'Outputs', { settings, url: ownUrl ?? api.gateway.apiEndpoint, store, bus, monitoring });
    operate(this, { settings, monitoring, store, api });
  }
}

/** What is there for the people who run it. */
const operate = (
  stack: Stack,
  { settings, monitoring, store, api }: { readonly settings: Settings } & Omit<DashboardProps, 'stage'>,
): void => {
  const { stage, domain, dashboard, monthlyBudget: budget } = settings;
  if (domain) new OwnDomain(stack, 'OwnDomain', { domain, gateway: api.gateway, stage: api.stage });
  if (dashboard) new Dashboard(stack, 'Dashboard', { stage, monitoring, store, api });
  if (budget) new Budget(stack, 'Budget', { stage, budget, monitoring });
  warnOfConcurrency(stack, settings);
  tagStack(stack, settings);
  encryptStack(stack, settings);
};

/** Whether an operation asks for a key. */
const isKept = (operation: Operation): boolean => !('isPublic' in routes[operation]);
