import { changeSettings, settings } from './settings.js';
import { texts } from './texts.js';
import { Refusal } from './webchat-client.js';

/** Where the service worker finds the texts of its notifications, which come while no page is open. */
const Kept = Object.freeze({ cache: 'push', name: 'push-texts' });

/**
 * The browser's notifications: by this page while it is open, and by the server (Web Push) while it is not.
 */
export class Notifications {
  #api;
  #worker;
  #browser;
  #caches;

  /**
   * @param {{ api: import('./api.js').Api, worker?: ServiceWorkerContainer, browser?: typeof Notification, caches?: CacheStorage }} parts
   *   what the browser has of them
   */
  constructor({ api, worker = navigator.serviceWorker, browser = globalThis.Notification, caches = globalThis.caches }) {
    this.#api = api;
    this.#worker = worker;
    this.#browser = browser;
    this.#caches = caches;
  }

  /** Whether the page may notify: granted, denied or default; empty where the browser cannot. */
  get permission() {
    return this.#worker ? this.#browser?.permission ?? '' : '';
  }

  /** Asks the user for the permission. */
  async ask() {
    changeSettings({ isAsked: true });
    await this.#browser.requestPermission();
    await this.subscribe();
  }

  /** Asks by itself, and only once: when the user has done something that others will answer. */
  async askOnce() {
    if (this.permission === 'default' && !settings().isAsked) await this.ask();
  }

  /** Shows a notification, unless another window of the page is before the user's eyes. */
  async show(alert) {
    if (this.permission !== 'granted') return;
    (await this.#worker.ready).active.postMessage(alert);
  }

  /** Lets the server notify this browser of what the settings say. */
  async subscribe() {
    if (this.permission !== 'granted') return;
    const kinds = settings().notifications;
    try {
      if (!kinds.length) return await this.#api.unsubscribePush();
      const { pushManager } = await this.#worker.ready;
      await (await this.#caches.open(Kept.cache)).put(Kept.name, new Response(JSON.stringify(texts.pushed)));
      const { endpoint, keys } = (await this.#subscription(pushManager)).toJSON();
      await this.#api.subscribePush({ endpoint, p256dh: keys.p256dh, auth: keys.auth, kinds: kinds.map(kind => kind.toUpperCase()) });
    } catch (failure) {
      // The next visit tries again. A browser without a push service notifies while the page is open.
      if (!(failure instanceof Refusal || failure instanceof DOMException)) throw failure;
    }
  }

  /** Ends the subscription, here. On the server it ends with the login. */
  async unsubscribe() {
    if (this.permission !== 'granted') return;
    const { pushManager } = await this.#worker.ready;
    await (await pushManager.getSubscription())?.unsubscribe();
  }

  async #subscription(pushManager) {
    const options = { userVisibleOnly: true, applicationServerKey: (await this.#api.pushKey()).publicKey };
    try {
      return await pushManager.subscribe(options);
    } catch (failure) {
      if (failure.name !== 'InvalidStateError') throw failure;
      await (await pushManager.getSubscription()).unsubscribe(); // it is for another key of the server
      return pushManager.subscribe(options);
    }
  }
}
