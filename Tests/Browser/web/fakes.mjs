// Fakes of the browser and the server.

const app = new URL('../../../Edge/wwwroot/js/', import.meta.url);

/** @param {string} name a module of the page */
export const load = name => import(new URL(name, app));

/** A clock that stands still, and timers that run when it is moved. */
export function createClock(start = 1_000_000) {
  let now = start;
  let last = 0;
  const due = new Map();
  return {
    now: () => now,
    set(callback, ms) {
      due.set(++last, { at: now + ms, callback });
      return last;
    },
    clear: handle => due.delete(handle),
    get pending() {
      return due.size;
    },
    /** Time passes, and no timer runs on time. */
    async sleep(ms) {
      now += ms;
      await this.pass(0);
    },
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...due].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at);
        if (!next) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].callback();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Runs everything that is ready to run. */
export const settle = () => new Promise(resolve => setImmediate(resolve));

export function createStorage() {
  const items = new Map();
  return {
    getItem: key => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: key => void items.delete(key),
  };
}

/** The part of navigator.locks that the page uses. */
export function createLocks() {
  const tails = new Map();
  return {
    request(name, ...rest) {
      const work = rest.at(-1);
      const { signal } = rest.length > 1 ? rest[0] : {};
      const before = tails.get(name) ?? Promise.resolve();
      const result = new Promise((resolve, reject) => {
        const awake = setInterval(() => {}, 60_000); // the timeout of a signal does not keep Node running
        signal?.addEventListener('abort', () => {
          clearInterval(awake);
          reject(signal.reason);
        });
        before.then(() => {
          clearInterval(awake);
          if (!signal?.aborted) resolve(work());
        });
      });
      tails.set(name, result.catch(() => {}));
      return result;
    },
  };
}

export const Ann = 'a'.repeat(32);
export const Bob = 'b'.repeat(32);

/** A pair room, as Ann sees it. */
export const room = (more = {}) => ({
  roomId: 'r1',
  kind: 'PAIR',
  state: 'ACTIVE',
  members: [{ memberId: Ann, nickname: 'Ann', online: true, you: true }, { memberId: Bob, nickname: 'Bob', online: true }],
  lastSeq: '2',
  createdAt: '2030-01-01T10:00:00Z',
  ...more,
});

/** An event of the room. */
export const happened = (seq, body) => ({ roomId: 'r1', seq: String(seq), at: '2030-01-01T10:00:00Z', ...body });

export const posted = (seq, memberId, text, clientId = `c${seq}`) =>
  happened(seq, { messagePosted: { messageId: `m${seq}`, memberId, clientId, text } });

export const ack = (seq, roomId = 'r1') => ({ roomId, seq: String(seq), messageId: `m${seq}`, at: '2030-01-01T10:00:00Z' });

export const welcome = (more = {}) => ({
  sessionId: 's1', userId: 'u1', heartbeatSeconds: 25, rooms: [room()], search: { state: 'IDLE' }, ...more,
});
