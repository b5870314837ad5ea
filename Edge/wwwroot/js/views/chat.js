import { el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { SearchStage } from '../wire.js';
import { createAdminPage } from './admin.js';
import { createCallBar } from './call.js';
import { createConnection } from './connection.js';
import { createGroupsPage } from './groups.js';
import { createProfilePage } from './profile.js';
import { createRoomList } from './room-list.js';
import { createRoomPage } from './room.js';
import { createSearchPage } from './search.js';
import { createSettingsPage } from './settings.js';
import { watchShortcuts } from './shortcuts.js';

/**
 * @typedef {{ api: import('../api.js').Api, auth: import('../auth.js').Auth, link: import('../link.js').Link,
 *   session: import('../session.js').Session, calls: import('../call.js').Calls, pictures: import('../pictures.js').Pictures,
 *   router: import('../router.js').Router, notices: ReturnType<typeof import('./notices.js').createNotices> }} App
 * @typedef {{ element: HTMLElement, title: string, enter: (param: string) => void, leave?: () => void }} Page
 */

/**
 * The frame around all pages of a logged-in user: the bar, the list of conversations, and one page.
 * @param {App} app
 */
export function createChat(app) {
  const { auth, calls, link, notices, pictures, router, session } = app;
  const announcer = el('p', { class: 'hidden-visually', 'aria-live': 'polite' });
  const announce = text => setText(announcer, text);
  const room = createRoomPage(app, { announce });
  /** @type {Record<string, Page>} */
  const pages = {
    '': createSearchPage(app),
    rooms: createEmptyPage(),
    profile: createProfilePage(app),
    groups: createGroupsPage(app),
    settings: createSettingsPage(app),
    admin: createAdminPage(app),
    room,
  };
  const call = createCallBar(app, { announce });
  const connection = createConnection(app);
  const rooms = createRoomList(app);
  const unread = el('span', { class: 'badge', 'aria-hidden': 'true' });
  const links = [
    ['', 'search', texts.nav.search],
    ['rooms', 'chats', texts.nav.rooms],
    ['groups', 'people', texts.nav.groups],
    ['profile', 'person', texts.nav.profile],
    ['settings', 'settings', texts.nav.settings],
    ...auth.isAdmin ? [['admin', 'flag', texts.nav.admin]] : [],
  ].map(([name, picture, label]) =>
    el('a', { class: 'nav-link', href: address(name), 'data-route': name, 'data-testid': `nav-${name || 'search'}` },
      icon(picture), el('span', {}, label), name === 'rooms' && unread));
  const main = el('main', { class: 'main' });
  const element = el('div', { class: 'chat' },
    el('button', { class: 'skip button primary', type: 'button', 'data-testid': 'skip', click: () => focusPage() }, texts.skip),
    el('header', { class: 'bar' },
      el('a', { class: 'brand', href: address(''), 'data-testid': 'brand' },
        el('img', { src: 'favicon.svg', alt: '', width: 28, height: 28 }), el('span', {}, texts.name)),
      connection.element),
    notices.element,
    el('aside', { class: 'side' },
      el('nav', { class: 'nav', 'aria-label': texts.name }, ...links),
      rooms.element),
    call.element,
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
    for (const one of links) setAttribute(one, 'aria-current', one.dataset.route === name ? 'page' : null);
    rooms.select(name === 'room' ? param : '');
    if (moved) main.replaceChildren(page.element); // otherwise it would lose the focus
    page.enter(param);
    if (page === room) for (const done of ['match', 'prompt']) notices.dismiss(`${done} ${param}`);
    showTitle();
    if (moved && !main.contains(document.activeElement)) focusPage();
  }

  /** On a phone the list of conversations is a page, too. */
  const focusPage = () => [main.querySelector('h1'), element.querySelector('#rooms-title')].find(heading => heading.checkVisibility())?.focus();

  /** Names the page, and counts the unread messages, which the room on a visible page does not have. */
  function showTitle() {
    let count = 0;
    for (const log of session.rooms.values()) count += log.unread;
    const title = texts.titled(page.title);
    document.title = count ? texts.unreadTitle(count, title) : title;
    setText(unread, count ? String(count) : '');
  }

  const nameOf = roomId => session.rooms.get(roomId)?.title || texts.stranger;
  const isShown = roomId => router.route.name === 'room' && router.route.param === roomId;

  const unhook = [
    session.on('rooms', () => page && showTitle()),
    session.on('away', () => notices.show(texts.endedAway)),
    session.on('removed', title => {
      notices.show(texts.removedYou(title));
      if (router.route.name === 'room' && !session.rooms.has(router.route.param)) router.go('groups');
    }),
    session.on('searchEnded', () => notices.show(texts.searchEnded, { key: 'searchEnded' })),
    session.on('search', () => session.search.state === SearchStage.Waiting && notices.dismiss('searchEnded')),
    session.on('prompt', roomId => {
      if (isShown(roomId)) return;
      notices.show(texts.prompt.elsewhere(nameOf(roomId)), {
        key: `prompt ${roomId}`,
        until: session.rooms.get(roomId).promptAt(Date.now())?.closesAt,
        action: { label: texts.open, run: () => router.go('room', roomId) },
      });
    }),
    session.on('room', roomId => session.rooms.get(roomId)?.promptAt(Date.now()) || notices.dismiss(`prompt ${roomId}`)),
    session.on('match', roomId => {
      if (router.route.name !== 'room') return router.go('room', roomId);
      notices.show(texts.matched(nameOf(roomId)), {
        key: `match ${roomId}`,
        stays: true,
        action: { label: texts.open, run: () => router.go('room', roomId) },
      });
    }),
    watchShortcuts({
      find: room.find,
      next: () => page === room && room.next(),
      move(by) {
        const roomId = rooms.beside(by);
        if (roomId) router.go('room', roomId);
      },
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
      pictures.close();
      link.stop();
      document.title = texts.name;
    },
  };
}

/** Beside the list of conversations while none is chosen. */
function createEmptyPage() {
  return {
    title: texts.rooms,
    element: el('section', { class: 'page empty' }, el('h1', { tabindex: -1 }, texts.rooms), el('p', { class: 'lead' }, texts.chooseRoom)),
    enter() {},
  };
}
