import { arrange, el, icon, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { createCallBar } from './call.js';
import { createAdminPage } from './admin.js';
import { createConnection } from './connection.js';
import { createGroupsPage } from './groups.js';
import { createProfilePage } from './profile.js';
import { createRoomList } from './room-list.js';
import { createRoomPage } from './room.js';
import { createSearchPage } from './search.js';

/**
 * @typedef {{ api: import('../api.js').Api, auth: import('../auth.js').Auth, link: import('../link.js').Link,
 *   session: import('../session.js').Session, calls: import('../call.js').Calls, router: import('../router.js').Router,
 *   notices: ReturnType<typeof import('./notices.js').createNotices> }} App
 * @typedef {{ element: HTMLElement, enter: (param: string) => void, leave?: () => void }} Page
 */

/**
 * The frame around all pages of a logged-in user: the bar, the list of conversations, and one page.
 * @param {App} app
 */
export function createChat(app) {
  const { auth, calls, link, notices, router, session } = app;
  const announcer = el('p', { class: 'hidden-visually', 'aria-live': 'polite' });
  /** @type {Record<string, Page>} */
  const pages = {
    '': createSearchPage(app),
    profile: createProfilePage(app),
    groups: createGroupsPage(app),
    admin: createAdminPage(app),
    room: createRoomPage(app, { announce: text => setText(announcer, text) }),
  };
  const call = createCallBar(app, { announce: text => setText(announcer, text) });
  const connection = createConnection(app);
  const rooms = createRoomList(app);
  const links = [
    ['', 'search', texts.searchStart],
    ['groups', 'people', texts.groups],
    ['profile', 'person', texts.profile],
    ...auth.isAdmin ? [['admin', 'flag', texts.admin.title]] : [],
  ].map(([name, picture, label]) =>
    el('a', { class: 'nav-link', href: address(name), 'data-route': name, 'data-testid': `nav-${name || 'search'}` },
      icon(picture), el('span', {}, label)));
  const main = el('main', { class: 'main' });
  const element = el('div', { class: 'chat' },
    el('header', { class: 'bar' },
      el('a', { class: 'brand', href: address('') },
        el('img', { src: 'favicon.svg', alt: '', width: 28, height: 28 }), el('span', {}, texts.name)),
      connection.element,
      el('button', { class: 'button small', type: 'button', 'data-testid': 'log-out', click: logOut }, texts.logOut)),
    el('aside', { class: 'side' },
      el('nav', { class: 'nav', 'aria-label': texts.name }, ...links),
      rooms.element),
    main,
    announcer);
  /** @type {Page | null} */
  let page = null;

  function show({ name, param }) {
    const next = pages[name] ?? pages[''];
    page?.leave?.();
    const moved = next !== page;
    page = next;
    element.dataset.route = name;
    for (const one of links) {
      if (one.dataset.route === name) one.setAttribute('aria-current', 'page');
      else one.removeAttribute('aria-current');
    }
    rooms.select(name === 'room' ? param : '');
    arrange(main, [call.element, page.element]);
    page.enter(param);
    if (moved && !main.contains(document.activeElement)) main.querySelector('h1')?.focus();
  }

  async function logOut() {
    try {
      await auth.logOut();
    } catch (refusal) {
      notices.refused(refusal); // the login is ended here all the same
    }
  }

  function countUnread() {
    let unread = 0;
    for (const log of session.rooms.values()) unread += log.unread;
    document.title = unread ? `(${unread}) ${texts.name}` : texts.name;
  }

  const unhook = [
    session.on('rooms', countUnread),
    session.on('away', () => notices.show(texts.endedAway)),
    session.on('removed', title => {
      notices.show(texts.removedYou(title));
      if (router.route.name === 'room' && !session.rooms.has(router.route.param)) router.go('groups');
    }),
    session.on('searchEnded', () => notices.show(texts.searchEnded)),
    session.on('prompt', roomId => {
      if (router.route.name === 'room' && router.route.param === roomId) return;
      notices.show(texts.prompt.elsewhere(session.rooms.get(roomId).title || texts.somebody), {
        key: 'prompt',
        action: { label: texts.open, run: () => router.go('room', roomId) },
      });
    }),
    session.on('match', roomId => {
      if (router.route.name !== 'room') return router.go('room', roomId);
      notices.show(texts.matched(session.rooms.get(roomId)?.title), {
        stays: true,
        action: { label: texts.open, run: () => router.go('room', roomId) },
      });
    }),
  ];

  return {
    element,
    show,
    close() {
      for (const off of unhook) off();
      page?.leave?.();
      calls.stop();
      call.close();
      connection.close();
      link.stop();
      document.title = texts.name;
    },
  };
}
