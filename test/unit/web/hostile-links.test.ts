import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebFailure } from '#domain/web/web-error.ts';
import {
  otherPublicAddress,
  patientLimits,
  pretendedDial,
  publicAddress,
  resolveFrom,
  startPublicServer,
  startTrap,
} from '#test/support/files/pretended-internet.ts';
import { guardedWeb } from '#web/guarded-web.ts';

/** Hosts in links; `PORT` is where a listener on loopback counts whoever comes. */
const literals4 = [
  '127.0.0.1:PORT',
  '127.0.0.2:PORT',
  '127.1:PORT',
  '127.0.1:PORT',
  '2130706433:PORT',
  '0x7f000001:PORT',
  '0x7F.0.0.1:PORT',
  '0x7f.0x0.0x0.0x1:PORT',
  '0177.0.0.1:PORT',
  '0177.0000.0000.0001:PORT',
  '017700000001:PORT',
  '00000000177.0.0.1:PORT',
  '127.0.0.1.:PORT',
  '127.255.255.254:PORT',
  '0.0.0.0:PORT',
  '0:PORT',
  '0.1.2.3:PORT',
  '%31%32%37.0.0.1:PORT',
  '127%2E0%2E0%2E1:PORT',
  '１２７.０.０.１:PORT',
  '①②⑦.⓪.⓪.①:PORT',
  '127。0。0。1:PORT',
  '127．0．0．1:PORT',
  '127｡0｡0｡1:PORT',
  '10.0.0.1',
  '10.255.255.255',
  '0xa000001',
  '012.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '3232235521',
  '169.254.169.254',
  '2852039166',
  '0xA9FEA9FE',
  '0251.0376.0251.0376',
  '169.254.170.2',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.8',
  '192.0.2.1',
  '192.31.196.1',
  '192.52.193.1',
  '192.88.99.1',
  '192.175.48.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
];

const literals6 = [
  '[::1]:PORT',
  '[0:0:0:0:0:0:0:1]:PORT',
  '[0000:0000:0000:0000:0000:0000:0000:0001]:PORT',
  '[::]:PORT',
  '[::127.0.0.1]:PORT',
  '[::7f00:1]:PORT',
  '[::ffff:127.0.0.1]:PORT',
  '[::ffff:7f00:1]:PORT',
  '[0:0:0:0:0:ffff:7f00:0001]:PORT',
  '[::ffff:169.254.169.254]',
  '[::ffff:8.8.8.8]',
  '[::ffff:0:127.0.0.1]:PORT',
  '[64:ff9b::127.0.0.1]:PORT',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::a00:1]',
  '[2002:7f00:1::]:PORT',
  '[2002:a9fe:a9fe::1]',
  '[2001::7f00:1]',
  '[2001:0:53aa:64c:0:0:80ff:fffe]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fdff:ffff::1]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[ff0e::1]',
  '[100::1]',
  '[2001:2::1]',
  '[2001:3::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[4000::1]',
  '[e000::1]',
];

/** What the hostile names resolve to; in the last ones only one of several addresses is not public. */
const names: Readonly<Record<string, readonly string[]>> = {
  'loopback.example': ['127.0.0.1'],
  'loopback6.example': ['::1'],
  'private.example': ['10.1.2.3'],
  'metadata.example': ['169.254.169.254'],
  'metadata6.example': ['fd00:ec2::254'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'sixtofour.example': ['2002:7f00:1::'],
  'zoned.example': ['fe80::1%1'],
  'zoned-public.example': ['2a00:1450:4001:80e::200e%eth0'],
  'unspecified.example': ['0.0.0.0'],
  'cgnat.example': ['100.64.1.1'],
  'odd.example': ['0x7f.1'],
  'name.example': ['localhost'],
  'empty.example': [''],
  'mixed.example': [publicAddress, '127.0.0.1'],
  'mixed-first.example': ['127.0.0.1', publicAddress],
  'mixed6.example': [publicAddress, '::1'],
  'fifth.example': [publicAddress, publicAddress, publicAddress, publicAddress, '10.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'xn--lcalhost-n1a.example': ['127.0.0.1'],
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
  'files.localhost': [publicAddress],
  'printer.local': [publicAddress],
  'metadata.google.internal': [publicAddress],
  'instance-data.ec2.internal': [publicAddress],
  'router.home.arpa': [publicAddress],
  intranet: [publicAddress],
  'kubernetes.default.svc.cluster.local': [publicAddress],
};

/** Links whose form is the trick. */
const tricks = [
  'http://public.example@127.0.0.1:PORT/',
  'http://public.example:80@127.0.0.1:PORT/',
  'http://public.example%40evil@127.0.0.1:PORT/',
  'http://a@b@127.0.0.1:PORT/',
  'http://public.example%00@127.0.0.1:PORT/',
  'http://127.0.0.1:PORT\\@public.example/',
  'http://public.example\\@127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT/',
  'http:127.0.0.1:PORT/',
  'http:/127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  '127.0.0.1:PORT/',
  'http://127.0.0.1%00.public.example:PORT/',
  'http://127.0.0.1\u0000.public.example/',
  'http://public.example\r\nHost: 127.0.0.1/',
  'http://public.example/\nX: y',
  'ht\ttp://127.0.0.1:PORT/',
  'http://127.0.\t0.1:PORT/',
  'http://127.0.0.1:PORT%2f@public.example:x/',
  'http://[::1%25lo]:PORT/',
  'http://[fe80::1%25eth0]/',
  'http://[fe80::1%eth0]/',
  'http://[::ffff:127.0.0.1%25lo]:PORT/',
  'http://[127.0.0.1]:PORT/',
  'http://127.0.0.1:PORT:80/',
  'http://256.256.256.256/',
  'http://1.2.3.4.5/',
  'http://0x7f.0.0.1.0/',
  'http://public.example:99999/',
  'http://public example/',
  'http://',
  'http://@/',
  'http://:80/',
  'https://user:password@/',
  '',
  'not a link',
  `http://public.example/${'x'.repeat(8000)}`,
];

const schemes = [
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'ftp://127.0.0.1:PORT/f.csv',
  'gopher://127.0.0.1:PORT/_INFO',
  'data:text/csv,email%0Aa@b.c',
  'javascript:alert(1)',
  'ws://127.0.0.1:PORT/',
  'wss://127.0.0.1:PORT/',
  'dict://127.0.0.1:PORT/info',
  'ldap://127.0.0.1:PORT/',
  'jar:http://127.0.0.1:PORT!/',
  's3://bucket/key',
  'blob:http://127.0.0.1:PORT/',
  'view-source:http://127.0.0.1:PORT/',
  'httpx://127.0.0.1:PORT/',
  'unix:/var/run/docker.sock',
];

const ports = [
  1, 21, 22, 23, 25, 53, 110, 143, 389, 445, 465, 587, 993, 1433, 2375, 3306, 5432, 6379, 9200, 10_250, 11_211, 27_017,
];

const statuses = [301, 302, 303, 307, 308];

/** Where a public server sends whoever follows. */
const redirects = [
  'http://127.0.0.1:PORT/',
  'https://[::1]:PORT/',
  'http://2130706433:PORT/',
  'http://169.254.169.254/latest/meta-data/',
  'http://loopback.example:PORT/',
  'http://mixed.example:PORT/',
  '//127.0.0.1:PORT/',
  '\\\\127.0.0.1:PORT/',
  'http://public.example@127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT/',
  'http://public.example:22/',
  'file:///etc/passwd',
  'ftp://127.0.0.1:PORT/',
  'gopher://127.0.0.1:PORT/',
];

let trap: Awaited<ReturnType<typeof startTrap>>;
let server: Server;
let internet: ReturnType<typeof pretendedDial>;

beforeAll(async () => {
  trap = await startTrap();
  server = await startPublicServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://public.example');
    const [status, location] = [url.searchParams.get('status'), url.searchParams.get('to')];
    if (status === null || location === null) return void response.end('fine');
    response.writeHead(Number(status), { Location: location }).end();
  });
});

beforeEach(() => {
  internet = pretendedDial(server);
});

afterAll(async () => {
  await trap.stop();
  server.close();
});

const withPort = (text: string): string => text.replaceAll('PORT', String(trap.port));

/** What becomes of a link, and where sockets were opened to. */
const follow = async (link: string, answers: Readonly<Record<string, readonly (readonly string[])[]>> = {}) => {
  const known = Object.fromEntries(Object.entries(names).map(([name, addresses]) => [name, [addresses]]));
  const { resolve, timesAsked } = resolveFrom({ 'public.example': [[publicAddress]], ...known, ...answers });
  const web = guardedWeb({ allowsHttp: true, allowsLoopback: false, resolve, dial: internet.dial });
  const before = trap.arrivals();
  const outcome = await web.get({ link: withPort(link), limits: patientLimits }).then(
    async (answer) => {
      answer.discard();
      return answer.status;
    },
    (error: { code: WebFailure; message: string }) => error,
  );
  return { outcome, timesAsked, dialled: internet.dialled, arrivals: trap.arrivals() - before };
};

const refusedWithoutSocket = {
  outcome: expect.objectContaining({ name: 'WebError', code: 'LINK_REFUSED' }),
  dialled: [],
  arrivals: 0,
};

const redirecting = (status: number, to: string) =>
  `http://public.example/?status=${status}&to=${encodeURIComponent(withPort(to))}`;

describe('a hostile link opens no socket', () => {
  const rows = [
    ...[...literals4, ...literals6].flatMap((host) => [`http://${host}/f.csv`, `https://${host}/f.csv`]),
    ...Object.keys(names).map((name) => `http://${name}:PORT/f.csv`),
    ...tricks,
    ...schemes,
    ...ports.map((port) => `http://public.example:${port}/`),
  ];

  it('in more than a hundred forms', () => {
    expect(new Set(rows).size).toBeGreaterThan(100);
  });

  it.each(rows)('%j', async (link) => {
    expect(await follow(link)).toMatchObject(refusedWithoutSocket);
  });
});

describe('a redirect', () => {
  it.each(statuses.flatMap((status) => redirects.map((to) => [status, to] as const)))(
    'by %i to %s is refused before a second socket opens',
    async (status, to) => {
      const { outcome, dialled, arrivals } = await follow(redirecting(status, to));

      expect(outcome).toMatchObject({ code: 'LINK_REFUSED' });
      expect({ dialled, arrivals }).toEqual({ dialled: [publicAddress], arrivals: 0 });
    },
  );

  it.each(statuses)('by %i to a public host is followed', async (status) => {
    const { outcome, dialled } = await follow(redirecting(status, 'http://other.example/'), {
      'other.example': [[otherPublicAddress]],
    });

    expect(outcome).toBe(200);
    expect(dialled).toEqual([publicAddress, otherPublicAddress]);
  });

  it('may be relative', async () => {
    const { outcome, dialled } = await follow(redirecting(302, '/elsewhere'));

    expect(outcome).toBe(200);
    expect(dialled).toHaveLength(2);
  });

  const chainOf = (redirectCount: number, end: string): string =>
    redirectCount === 0 ? withPort(end) : redirecting(302, chainOf(redirectCount - 1, end));

  it('is followed five times', async () => {
    const { outcome, dialled } = await follow(chainOf(5, 'http://public.example/'));

    expect(outcome).toBe(200);
    expect(dialled).toHaveLength(6);
  });

  it('is not followed a sixth time', async () => {
    const { outcome, dialled } = await follow(chainOf(6, 'http://public.example/'));

    expect(outcome).toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
    expect(dialled).toHaveLength(6);
  });

  it('is refused at the end of a chain, too', async () => {
    const { outcome, arrivals } = await follow(chainOf(4, 'http://127.0.0.1:PORT/'));

    expect(outcome).toMatchObject({ code: 'LINK_REFUSED' });
    expect(arrivals).toBe(0);
  });
});

describe('a name that leads elsewhere a moment later', () => {
  it('is looked up once, and the socket goes where the check was', async () => {
    const { outcome, dialled, timesAsked, arrivals } = await follow('http://rebinding.example:PORT/', {
      'rebinding.example': [[publicAddress], ['127.0.0.1']],
    });

    expect(outcome).toBe(200);
    expect(timesAsked('rebinding.example')).toBe(1);
    expect({ dialled, arrivals }).toEqual({ dialled: [publicAddress], arrivals: 0 });
  });

  it('is checked again when it redirects to itself', async () => {
    const link = `http://rebinding.example:PORT/?status=302&to=${encodeURIComponent(withPort('http://rebinding.example:PORT/'))}`;
    const { outcome, dialled, arrivals } = await follow(link, {
      'rebinding.example': [[publicAddress], ['127.0.0.1']],
    });

    expect(outcome).toMatchObject({ code: 'LINK_REFUSED' });
    expect({ dialled, arrivals }).toEqual({ dialled: [publicAddress], arrivals: 0 });
  });

  it('is told as if it led inside from the beginning', async () => {
    const [inside, rebound] = [
      await follow('http://private.example/'),
      await follow('http://rebound.example/', { 'rebound.example': [['10.0.0.9']] }),
    ];

    expect(rebound.outcome).toEqual(inside.outcome);
    expect(JSON.stringify(inside.outcome)).not.toMatch(/10\.|private/);
  });
});

describe('the trap', () => {
  it('counts whoever comes, once loopback is allowed', async () => {
    const { resolve } = resolveFrom({ localhost: [['127.0.0.1']] });
    const web = guardedWeb({ allowsHttp: true, allowsLoopback: true, resolve, dial: internet.dial });
    const before = trap.arrivals();

    for (const host of ['127.0.0.1', 'localhost']) {
      (await web.get({ link: withPort(`http://${host}:PORT/`), limits: patientLimits })).discard();
    }

    expect(trap.arrivals() - before).toBe(2);
  });

  it('stays empty for everything else inside, even then', async () => {
    const { resolve } = resolveFrom({});
    const web = guardedWeb({ allowsHttp: true, allowsLoopback: true, resolve, dial: internet.dial });
    const inside = ['10.0.0.1', '169.254.169.254', '0.0.0.0', '[::ffff:127.0.0.1]', '[fd00::1]', '192.168.0.1'];

    for (const host of inside) {
      const asked = web.get({ link: withPort(`http://${host}:PORT/`), limits: patientLimits });
      await expect(asked).rejects.toMatchObject({ code: 'LINK_REFUSED' });
    }

    expect(internet.dialled).toEqual([]);
  });
});
