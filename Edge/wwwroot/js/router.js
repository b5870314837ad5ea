/** @typedef {{ name: string, param: string }} Route `#/room/0192…` is { name: 'room', param: '0192…' } */

/** The current route, kept in the address's fragment so that the back button works. */
export class Router {
  #listener = null;

  /** @param {(route: Route) => void} show */
  start(show) {
    this.stop();
    this.#listener = () => show(this.route);
    addEventListener('hashchange', this.#listener);
    this.#listener();
  }

  stop() {
    removeEventListener('hashchange', this.#listener);
    this.#listener = null;
  }

  /** @returns {Route} */
  get route() {
    const [name = '', param = ''] = location.hash.replace(/^#\/?/, '').split('/');
    return { name, param: decodeURIComponent(param) };
  }

  /** @param {string} name */
  go(name, param = '') {
    location.hash = link(name, param);
  }
}

/** The address of a route. */
export function link(name, param = '') {
  return `#/${name}${param && `/${encodeURIComponent(param)}`}`;
}
