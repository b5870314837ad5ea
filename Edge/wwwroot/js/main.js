import { Api } from './api.js';
import { Auth } from './auth.js';
import { Backoff } from './backoff.js';
import { Calls } from './call.js';
import { http } from './http.js';
import { newId } from './ids.js';
import { Link } from './link.js';
import { Memory } from './memory.js';
import { Pictures } from './pictures.js';
import { Router } from './router.js';
import { Session } from './session.js';
import { applyTheme } from './settings.js';
import { texts } from './texts.js';
import { workerTimers } from './timers.js';
import { CloseCode, SubProtocol } from './wire.js';
import { createBanned } from './views/banned.js';
import { createChat } from './views/chat.js';
import { createLanding } from './views/landing.js';
import { createNotices } from './views/notices.js';

const root = document.getElementById('app');
const notices = createNotices();
const timers = workerTimers();
const locks = navigator.locks; // missing where the page is served over plain HTTP from another machine
const auth = new Auth({ http, storage: localStorage, locks });
const router = new Router();

applyTheme();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
document.title = texts.name;
document.documentElement.lang = texts.locale;
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('service-worker.js');
if (auth.user) void enter();
else showLanding();

function showLanding() {
  const landing = createLanding({
    auth,
    notices,
    entered(isNew) {
      router.go(isNew ? 'profile' : '');
      void enter();
    },
  });
  root.replaceChildren(landing.element);
  landing.focus();
}

/** The parts that live from login to logout. */
async function enter() {
  const { userId } = auth.user;
  const memory = await Memory.of(userId, { storage: sessionStorage, locks });
  const session = new Session({ memory, timers, newId });
  const link = new Link({
    session,
    token: rejected => auth.token(rejected),
    connect: () => new WebSocket(new URL('/ws', location.href.replace(/^http/, 'ws')), SubProtocol),
    timers,
    backoff: new Backoff(),
  });
  const api = new Api({ http, auth });
  const calls = new Calls({ session, iceServers: () => api.iceServers(), media: navigator.mediaDevices });
  const app = { api, auth, calls, link, notices, pictures: new Pictures({ api }), router, session };
  const chat = createChat(app);
  root.replaceChildren(chat.element);
  router.start(route => chat.show(route));

  const present = new AbortController();
  const { signal } = present;
  addEventListener('offline', () => link.offline(), { signal });
  addEventListener('online', () => link.wake(), { signal });
  addEventListener('pageshow', () => link.wake(), { signal });
  document.addEventListener('resume', () => link.wake(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || link.wake(), { signal });
  addEventListener('storage', () => auth.user?.userId !== userId && location.reload(), { signal });
  link.on('state', ({ phase, code, until = 0 }) => {
    if (present.signal.aborted) return;
    if (phase === 'stopped' && code === CloseCode.Banned) root.replaceChildren(notices.element, createBanned(app, until).element);
    else if (phase === 'live' && !chat.element.isConnected) location.reload(); // the ban is over
  });
  const unhook = auth.on('ended', () => {
    unhook();
    present.abort();
    link.stop();
    router.stop();
    router.go('');
    chat.close();
    Memory.forget(sessionStorage);
    showLanding();
  });
  link.start();
}
