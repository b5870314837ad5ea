import { Api } from './api.js';
import { Calls } from './call.js';
import { Drafts } from './drafts.js';
import { Notifications } from './notifications.js';
import { Pictures } from './pictures.js';
import { Router } from './router.js';
import { Session } from './session.js';
import { applyTheme } from './settings.js';
import { texts } from './texts.js';
import { workerTimers } from './timers.js';
import { Auth, ChatClient, CloseCode } from './webchat-client.js';
import { createBanned } from './views/banned.js';
import { createChat } from './views/chat.js';
import { createLanding } from './views/landing.js';
import { createNotices } from './views/notices.js';

const root = document.getElementById('app');
const notices = createNotices();
const timers = workerTimers();
const auth = new Auth({ storage: localStorage });
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
    async entered(then) {
      router.go(then === 'fillsIn' ? 'profile' : '');
      const { client, session } = await enter();
      if (then === 'searches') searchOnce(client, session);
    },
  });
  root.replaceChildren(landing.element);
  landing.focus();
}

/** Starts a search as soon as the page is connected. */
function searchOnce(client, session) {
  const off = client.on('state', ({ phase }) => {
    if (phase !== 'live') return;
    off();
    session.startSearch().catch(notices.refused);
  });
}

/** The parts that live from login to logout. */
async function enter() {
  const { userId } = auth.user;
  const client = await ChatClient.open({ auth, storage: sessionStorage, timers });
  const drafts = new Drafts(userId, sessionStorage);
  const session = new Session({ client, drafts, timers });
  const api = new Api({ auth });
  const calls = new Calls({ client, session, iceServers: () => api.iceServers(), media: navigator.mediaDevices });
  const notifications = new Notifications({ api });
  const app = { api, auth, calls, client, drafts, notices, notifications, pictures: new Pictures({ api }), router, session, timers };
  const chat = createChat(app);
  root.replaceChildren(chat.element);
  router.start(route => chat.show(route));

  const present = new AbortController();
  const { signal } = present;
  navigator.serviceWorker?.addEventListener('message', ({ data: address }) => { location.hash = address; }, { signal });
  addEventListener('offline', () => client.offline(), { signal });
  addEventListener('online', () => client.wake(), { signal });
  addEventListener('pageshow', () => client.wake(), { signal });
  document.addEventListener('resume', () => client.wake(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden || client.wake(), { signal });
  addEventListener('storage', () => auth.user?.userId !== userId && location.reload(), { signal });
  client.on('state', ({ phase, code, until = 0 }) => {
    if (present.signal.aborted) return;
    if (phase === 'stopped' && code === CloseCode.Banned) root.replaceChildren(notices.element, createBanned(app, until).element);
    else if (phase === 'live' && !chat.element.isConnected) location.reload(); // the ban is over
  });
  const unhook = auth.on('ended', () => {
    unhook();
    present.abort();
    router.stop();
    router.go('');
    chat.close();
    drafts.clear();
    void notifications.unsubscribe();
    showLanding();
  });
  client.start();
  void notifications.subscribe();
  return app;
}
