import { createServer, type Socket } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { type SmtpServer, SmtpSession } from '../../src/channels/smtp/smtp-session.ts';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from '../support/localhost-certificate.ts';
import { startMailServer } from '../support/mail-server.ts';

const RAW = Buffer.from('Subject: x\r\n\r\nHello\r\n.\r\n.. dots\r\n');
const MAIL = { from: 'us@causeway.example', to: 'you@alpha.example', raw: RAW };
const ready = async () => undefined;

function open(t: ExecutionContext, port: number, over: Partial<SmtpServer> = {}): SmtpSession {
  const session = new SmtpSession({
    host: '127.0.0.1',
    port,
    security: 'none',
    connectMs: 30_000,
    answerMs: 30_000,
    ...over,
  });
  t.teardown(() => session.close());
  return session;
}

test('a mail arrives byte for byte, several over one connection', async (t) => {
  const server = await startMailServer(t);
  const session = open(t, server.port);
  for (let i = 0; i < 3; i += 1) t.is((await session.send(MAIL, ready)).kind, 'sent');
  t.deepEqual(
    server.arrived.map(({ from, to, raw }) => [from, to, raw.toString()]),
    Array(3).fill([MAIL.from, MAIL.to, RAW.toString()]),
  );
  t.is(server.connections(), 1);
});

test("a refusal is about the mail, with the server's words, and the next mail goes out", async (t) => {
  const server = await startMailServer(t);
  const session = open(t, server.port);
  for (const [at, say, permanent] of [
    ['rcpt', 550, true],
    ['rcpt', 450, false],
    ['data', 554, true],
    ['data', 451, false],
    ['mail', 552, true],
  ] as const) {
    server.react = () => ({ at, say, text: 'no such luck' });
    const answer = await session.send(MAIL, ready);
    t.like(answer, { kind: 'refused', permanent }, `${at} ${say}`);
    t.regex('error' in answer ? answer.error : '', new RegExp(`^the server answered ${say} no such luck`));
    server.react = () => 'take';
    t.is((await session.send(MAIL, ready)).kind, 'sent');
  }
  t.is(server.arrived.length, 5);
});

test('a server that refuses our sender, or says that it closes, is unusable for every mail', async (t) => {
  const server = await startMailServer(t);
  for (const [at, say, permanent] of [
    ['mail', 550, true],
    ['mail', 421, false],
    ['rcpt', 421, false],
    ['data', 421, false],
  ] as const) {
    server.react = () => ({ at, say });
    t.like(await open(t, server.port).send(MAIL, ready), { kind: 'unusable', permanent }, `${at} ${say}`);
  }
});

test('nobody listens: the server is unusable for now', async (t) => {
  const server = await startMailServer(t);
  await server.stop();
  const answer = await open(t, server.port).send(MAIL, ready);
  t.like(answer, { kind: 'unusable', permanent: false });
  t.regex('error' in answer ? answer.error : '', /ECONNREFUSED/);
});

test('a connection that is cut once all was sent leaves the mail in doubt, whether it arrived or not', async (t) => {
  const server = await startMailServer(t);
  for (const drop of ['kept', 'lost'] as const) {
    server.react = () => ({ at: 'data', drop });
    t.is((await open(t, server.port).send(MAIL, ready)).kind, 'doubtful', drop);
  }
  t.is(server.arrived.length, 1);
});

test('a server that does not answer the content in time leaves the mail in doubt', async (t) => {
  const server = await startMailServer(t);
  const never = Promise.withResolvers<void>();
  server.onContent = () => never.promise;
  t.is((await open(t, server.port, { answerMs: 5_000 }).send(MAIL, ready)).kind, 'doubtful');
  never.resolve();
});

test('a connection that is cut before the content leaves no doubt', async (t) => {
  const port = await listen(t, (socket) => {
    socket.write('220 ready\r\n');
    socket.on('data', (bytes) => {
      if (bytes.toString().startsWith('EHLO')) socket.write('250 hello\r\n');
      else socket.destroy();
    });
  });
  t.like(await open(t, port).send(MAIL, ready), { kind: 'unusable', permanent: false });
});

test('a large mail that is cut off on its way leaves no doubt: without its end it is none', async (t) => {
  const port = await listen(t, (socket) => {
    socket.write('220 ready\r\n');
    let content = false;
    socket.on('data', (bytes) => {
      if (content) socket.destroy();
      else if (bytes.toString().startsWith('EHLO')) socket.write('250 hello\r\n');
      else if (bytes.toString().startsWith('DATA')) {
        content = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
    });
  });
  const raw = Buffer.alloc(20_000_000, 'a line of the attachment\r\n');
  t.like(await open(t, port).send({ ...MAIL, raw }, ready), { kind: 'unusable', permanent: false });
});

test('a server that never greets is given up in time', async (t) => {
  const port = await listen(t, () => undefined);
  t.like(await open(t, port, { connectMs: 300 }).send(MAIL, ready), { kind: 'unusable', permanent: false });
});

test('an idle connection that the server ended is opened again within the same try', async (t) => {
  const server = await startMailServer(t);
  const session = open(t, server.port);
  t.is((await session.send(MAIL, ready)).kind, 'sent');
  await server.stop();
  const again = await startMailServer(t, { listen: server.port });
  t.is((await session.send(MAIL, ready)).kind, 'sent');
  t.is(again.arrived.length, 1);
});

test('what stops us before the content is thrown, and nothing arrives', async (t) => {
  const server = await startMailServer(t);
  const stop = new Error('not now');
  const session = open(t, server.port);
  const thrown = await t.throwsAsync(session.send(MAIL, () => Promise.reject(stop)));
  t.is(thrown, stop);
  t.is((await session.send(MAIL, ready)).kind, 'sent');
  t.is(server.arrived.length, 1);
});

const ENCRYPTED = { key: LOCALHOST_KEY, cert: LOCALHOST_CERTIFICATE, disabledCommands: [] };

test('a certificate that nobody vouches for is not talked to; one that is trusted is', async (t) => {
  for (const security of ['starttls', 'tls'] as const) {
    const server = await startMailServer(t, { ...ENCRYPTED, secure: security === 'tls', authOptional: true });
    const distrusted = await open(t, server.port, { security }).send(MAIL, ready);
    t.like(distrusted, { kind: 'unusable', permanent: true }, security);
    t.is(server.arrived.length, 0);
    const trusted = open(t, server.port, { host: 'localhost', security, ca: LOCALHOST_CERTIFICATE });
    t.is((await trusted.send(MAIL, ready)).kind, 'sent', security);
  }
});

test('a server without encryption gets neither mail nor password', async (t) => {
  let asked = false;
  const server = await startMailServer(t, {
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => {
      asked = true;
      done(null, { user: 'u' });
    },
  });
  const answer = await open(t, server.port, { security: 'starttls', user: 'u', password: 'secret' }).send(
    MAIL,
    ready,
  );
  t.like(answer, { kind: 'unusable', permanent: true });
  t.is(server.arrived.length, 0);
  t.false(asked);
});

test('a log-in that is refused needs a person, one that is put off does not', async (t) => {
  for (const [responseCode, permanent] of [
    [535, true],
    [454, false],
  ] as const) {
    const server = await startMailServer(t, {
      ...ENCRYPTED,
      authOptional: false,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
    });
    const session = open(t, server.port, {
      host: 'localhost',
      security: 'starttls',
      ca: LOCALHOST_CERTIFICATE,
      user: 'u',
      password: 'secret',
    });
    const answer = await session.send(MAIL, ready);
    t.like(answer, { kind: 'unusable', permanent });
    t.false('error' in answer && answer.error.includes('secret'));
  }
});

async function listen(t: ExecutionContext, greet: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
