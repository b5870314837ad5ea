import { Api } from './api.js';
import { Auth } from './auth.js';
import { Backoff } from './backoff.js';
import { Calls } from './call.js';
import { http } from './http.js';
import { newId } from './ids.js';
import { Link } from './link.js';
import { Memory } from './memory.js';
import { Router } from './router.js';
import { Session } from './session.js';
import { texts } from './texts.js';
import { workerTimers } from './timers.js';
import { SubProtocol } from './wire.js';
import { createChat } from './views/chat.js';
import { createLanding } from './views/landing.js';
import { createNotices } from './views/notices.js';

const root = document.getElementById('app');
const notices = createNotices();
const timers = workerTimers();
const locks = navigator.locks; // missing where the page is served over plain HTTP from another machine
const auth = new Auth({ http, storage: localStorage, locks });
const router = new Router();

document.title = texts.name;
document.documentElement.lang = texts.locale;
document.body.append(notices.element);
if (auth.user) void enter();
else showLanding();

function showLanding() {
  const landing = createLanding({
    auth,
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
  const chat = createChat({ api, auth, calls, link, notices, router, session });
  root.replaceChildren(chat.element);
  router.start(route => chat.show(route));

  const present = new AbortController();
  const { signal } = present;
  addEventListener('online', () => link.wake(), { signal });
  addEventListener('pageshow', () => link.wake(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || link.wake(), { signal });
  addEventListener('storage', () => auth.user?.userId !== userId && location.reload(), { signal });
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
