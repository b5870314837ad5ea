import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createStorage, load } from './fakes.mjs';

const { Notifications } = await load('notifications.js');
const { changeSettings } = await load('settings.js');
const { Refusal } = await load('webchat-client.js');

beforeEach(() => { globalThis.localStorage = createStorage(); });

/** A browser with a push service, and a server. */
function start({ permission = 'granted', fails } = {}) {
  const sent = [];
  const posted = [];
  const kept = new Map();
  const browser = { permission, asked: 0, async requestPermission() { this.asked++; this.permission = 'granted'; } };
  let subscription = null;
  const pushManager = {
    async getSubscription() { return subscription; },
    async subscribe({ applicationServerKey: key }) {
      if (fails) throw fails;
      if (subscription && subscription.key !== key) throw new DOMException('Another key.', 'InvalidStateError');
      return subscription ??= {
        key, toJSON: () => ({ endpoint: `https://push.example/${key}`, keys: { p256dh: 'p', auth: 'a' } }), async unsubscribe() { subscription = null; },
      };
    },
  };
  const server = { key: 'k1' };
  const notifications = new Notifications({
    browser,
    worker: { ready: Promise.resolve({ pushManager, active: { postMessage: alert => posted.push(alert) } }) },
    caches: { open: async () => ({ put: async (name, response) => kept.set(name, await response.json()) }) },
    api: {
      pushKey: async () => ({ publicKey: server.key }),
      subscribePush: async made => { sent.push(made); },
      unsubscribePush: async () => { sent.push(null); },
    },
  });
  return { browser, kept, notifications, posted, pushManager, sent, server };
}

test('the browser is subscribed with the chosen kinds, and gets the texts of their notifications', async () => {
  const { kept, notifications, sent } = start();
  changeSettings({ notifications: ['message', 'call'] });
  await notifications.subscribe();
  assert.deepEqual(sent, [{ endpoint: 'https://push.example/k1', p256dh: 'p', auth: 'a', kinds: ['MESSAGE', 'CALL'] }]);
  assert.equal(kept.get('push-texts').call, 'Someone is calling you.');
  changeSettings({ notifications: [] });
  await notifications.subscribe();
  assert.equal(sent[1], null);
});

test('a subscription for another key of the server is replaced', async () => {
  const { notifications, sent, server } = start();
  await notifications.subscribe();
  server.key = 'k2';
  await notifications.subscribe();
  assert.equal(sent[1].endpoint, 'https://push.example/k2');
});

test('the permission is asked for once by itself, and again when the user wants it', async () => {
  const { browser, notifications, sent } = start({ permission: 'default' });
  await notifications.subscribe();
  assert.deepEqual(sent, []);
  await notifications.askOnce();
  assert.deepEqual([browser.asked, sent.length], [1, 1]);
  browser.permission = 'default';
  await notifications.askOnce();
  assert.equal(browser.asked, 1);
  await notifications.ask();
  assert.equal(browser.asked, 2);
});

test('nothing is shown or subscribed without the permission', async () => {
  const { browser, notifications, posted, sent } = start({ permission: 'denied' });
  await notifications.askOnce();
  await notifications.show({ title: 'Bob' });
  await notifications.subscribe();
  assert.deepEqual([browser.asked, posted, sent], [0, [], []]);
  browser.permission = 'granted';
  await notifications.show({ title: 'Bob' });
  assert.deepEqual(posted, [{ title: 'Bob' }]);
});

for (const fails of [new DOMException('No push service.', 'AbortError'), new Refusal('unavailable')]) {
  test(`the page goes on where the subscription fails: ${fails.message}`, async () => {
    const { notifications, sent } = start({ fails });
    await notifications.subscribe();
    assert.deepEqual(sent, []);
  });
}

test('the end of the login ends the subscription', async () => {
  const { notifications, pushManager } = start();
  await notifications.subscribe();
  await notifications.unsubscribe();
  assert.equal(await pushManager.getSubscription(), null);
});

test('a browser without notifications has none', () => {
  assert.equal(new Notifications({ api: {}, worker: null, browser: undefined }).permission, '');
});
