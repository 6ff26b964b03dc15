import {
  AppShell,
  Burger,
  Group,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { createLink, Outlet } from '@tanstack/react-router';
import { signOut, useSession } from '../api/session.ts';
import type { TextKey } from '../texts/catalogue.ts';
import { type Language, languages } from '../texts/format.ts';
import { useSpeech } from './language.tsx';
import { SignInAgain } from './sign-in-again.tsx';

const places: readonly (readonly [path: string, text: TextKey])[] = [
  ['/', 'nav.overview'],
  ['/contacts', 'nav.contacts'],
  ['/imports', 'nav.imports'],
  ['/segments', 'nav.segments'],
  ['/events', 'nav.events'],
  ['/workflows', 'nav.workflows'],
  ['/messages', 'nav.messages'],
  ['/forms', 'nav.forms'],
  ['/settings', 'nav.settings'],
];

const NavigationLink = createLink(NavLink<'a'>);

const focusSearch = () => document.querySelector<HTMLInputElement>('input[type=search]')?.focus();

/** What is around every screen: where one can go, who is signed in, and the language. */
export const Shell = () => {
  const { say } = useSpeech();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  useHotkeys([['/', focusSearch]]);
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <a className="skip" href="#content">
        {say('app.skip')}
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={say('app.menu')} />
            <Text fw={700}>{say('app.title')}</Text>
          </Group>
          <Account />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('app.menu')}>
        <ScrollArea>
          {places.map(([path, text]) => (
            <NavigationLink
              key={path}
              component="a"
              to={path as never}
              activeOptions={{ exact: path === '/', includeSearch: false }}
              activeProps={{ active: true, 'aria-current': 'page' } as never}
              label={say(text)}
              onClick={close}
              {...({} as object)}
            />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
      <SignInAgain />
    </AppShell>
  );
};

const Account = () => {
  const { say, language, choose } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const who = useSession();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton
          aria-label={`${who?.name ?? ''}: ${say('app.language')}, ${say('app.theme')}, ${say('signOut')}`}
        >
          <Text size="sm" maw="12rem" truncate>
            {who?.name}
            {who?.scope === 'viewer' && ` (${say('app.viewer')})`} ▾
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{say('app.language')}</Menu.Label>
        {Object.entries(languages).map(([tag, name]) => (
          <Menu.Item key={tag} lang={tag} onClick={() => choose(tag as Language)} aria-current={tag === language}>
            {tag === language ? '✓ ' : ''}
            {name}
          </Menu.Item>
        ))}
        <Menu.Label>{say('app.theme')}</Menu.Label>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} aria-current={scheme === colorScheme}>
            {scheme === colorScheme ? '✓ ' : ''}
            {say(`app.theme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={signOut}>{say('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
