import { Alert, Button } from '@mantine/core';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { session } from './api/session.ts';
import { readAddress, writeAddress } from './parts/address.ts';
import { useSpeech } from './parts/language.tsx';
import { Shell } from './parts/shell.tsx';
import { SignIn } from './screens/sign-in.tsx';

const root = createRootRoute();

const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignIn });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!session())
      throw redirect({ to: '/sign-in', search: { next: `${location.pathname}${location.searchStr}` } as never });
  },
});

type Load = Parameters<typeof lazyRouteComponent>[0];

const screen = (path: string, load: Load, name: string) =>
  createRoute({ getParentRoute: () => signedIn, path, component: lazyRouteComponent(load, name) });

const contacts = screen('/contacts', () => import('./screens/contacts/contact-list.tsx'), 'ContactList');
const contact = createRoute({
  getParentRoute: () => contacts,
  path: '$contactId',
  component: lazyRouteComponent(() => import('./screens/contacts/contact-view.tsx'), 'ContactView'),
});

const routeTree = root.addChildren([
  signIn,
  signedIn.addChildren([
    screen('/', () => import('./screens/overview/overview.tsx'), 'Overview'),
    contacts.addChildren([contact]),
    screen('/runbook/$section', () => import('./screens/overview/runbook.tsx'), 'Runbook'),
    screen('/imports', () => import('./screens/imports/import-list.tsx'), 'ImportList'),
    screen('/imports/new', () => import('./screens/imports/import-wizard.tsx'), 'ImportWizard'),
    screen('/imports/$sessionId', () => import('./screens/imports/import-view.tsx'), 'ImportView'),
    screen('/segments', () => import('./screens/segments/segment-list.tsx'), 'SegmentList'),
    screen('/events', () => import('./screens/events/event-log.tsx'), 'EventLog'),
    screen('/workflows', () => import('./screens/workflows/workflow-list.tsx'), 'WorkflowList'),
    screen('/workflows/$workflowId', () => import('./screens/workflows/workflow-view.tsx'), 'WorkflowView'),
    screen('/workflow-runs/$runId', () => import('./screens/workflows/run-view.tsx'), 'RunView'),
    screen('/messages', () => import('./screens/messages/message-list.tsx'), 'MessageList'),
    screen('/messages/$messageId', () => import('./screens/messages/message-view.tsx'), 'MessageView'),
    screen('/forms', () => import('./screens/forms/forms.tsx'), 'Forms'),
    screen('/settings', () => import('./screens/settings/settings.tsx'), 'Settings'),
    screen('/settings/$section', () => import('./screens/settings/settings.tsx'), 'Settings'),
  ]),
]);

const Broken = () => {
  const { say } = useSpeech();
  return (
    <Alert color="red" role="alert" m="md">
      {say('problem.crash')}{' '}
      <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
        {say('do.retry')}
      </Button>
    </Alert>
  );
};

const Nowhere = () => {
  const { say } = useSpeech();
  return <Alert m="md">{say('problem.gone')}</Alert>;
};

/** Every screen of the console by its path. */
export const router = createRouter({
  routeTree,
  basepath: '/console',
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Nowhere,
  scrollRestoration: true,
});
